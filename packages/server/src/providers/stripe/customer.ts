import type { BillingProvider } from "@tollgate/core";
import { metadataKeys } from "./names.js";
import type { CallStripe } from "./stripe-client.js";

type CreateCustomer = BillingProvider["createCustomer"];

export async function createCustomer(
  call: CallStripe,
  { customerId, email, name, idempotencyKey }: Parameters<CreateCustomer>[0],
): ReturnType<CreateCustomer> {
  const params = {
    ...(email !== null && { email }),
    ...(name !== null && { name }),
    metadata: { [metadataKeys.customer]: customerId },
  };
  const { id } = await call((client) => client.customers.create(params, { idempotencyKey }));
  return { providerCustomerId: id };
}
