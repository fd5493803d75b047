import { find } from "../world/find.js";
import type { Customer } from "../world/wire.js";
import type { World } from "../world/world.js";

/**
 * What Stripe knows about a customer for automatic tax. The place follows from the addresses; an IP address
 * is only kept, because nothing here can tell where it is.
 */
export const customerTax = (world: World, id: string): NonNullable<Customer["tax"]> | undefined => {
  const customer = find(world.customers, id);
  if (!customer) return undefined;
  const billing = customer.address?.country ? customer.address : null;
  const shipping = customer.shipping?.address?.country ? customer.shipping.address : null;
  const address = billing ?? shipping;
  return {
    automatic_tax: address ? "supported" : "unrecognized_location",
    ip_address: find(world.hidden.customerIps, id) ?? null,
    location: address?.country
      ? {
          country: address.country,
          source: billing ? "billing_address" : "shipping_destination",
          state: address.state ?? null,
        }
      : null,
    provider: "stripe",
  };
};
