import { find } from "../world/find.js";
import { seededIds } from "../world/ids.js";
import type { Customer, Invoice, TaxRate } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { AppliedRate } from "./tax-line.js";
import { isRegistered, type Place } from "./tax-registration.js";

/** What the tax of the simple model is called where the customer lives. */
const taxTypes: Record<string, { name: string; type: TaxRate["tax_type"] }> = {
  AU: { name: "GST", type: "gst" },
  CA: { name: "GST", type: "gst" },
  IN: { name: "GST", type: "gst" },
  NZ: { name: "GST", type: "gst" },
  SG: { name: "GST", type: "gst" },
  US: { name: "Sales Tax", type: "sales_tax" },
};

/** Where an invoice is taxed, or null as long as its customer has no country. */
export const placeOf = (world: World, invoice: Invoice): Place | null => {
  const customer = find<Customer>(world.customers, invoice.customer as string | null);
  const address = invoice.customer_address ?? customer?.address ?? invoice.customer_shipping?.address ?? null;
  return address?.country ? { country: address.country, state: address.state ?? null } : null;
};

/**
 * The tax rate object for a place, made when it is first needed. Its id follows from what it is, so that it
 * is the same in every world, whatever the order of events.
 */
const rateFor = (
  world: World,
  place: Place,
  inclusive: boolean,
  created: number,
  percentage: number,
): TaxRate => {
  const id = seededIds(`automatic tax ${place.country} ${percentage} ${inclusive}`).id("txr");
  const known = find(world.taxRates, id);
  if (known) return known;
  const { name, type } = taxTypes[place.country] ?? { name: "VAT", type: "vat" };
  const rate: TaxRate = {
    id,
    object: "tax_rate",
    active: true,
    country: place.country,
    created,
    description: null,
    display_name: name,
    effective_percentage: percentage,
    flat_amount: null,
    inclusive,
    jurisdiction: place.country,
    jurisdiction_level: "country",
    livemode: false,
    metadata: {},
    percentage,
    rate_type: "percentage",
    state: null,
    tax_type: type,
  };
  world.taxRates[id] = rate;
  return rate;
};

/** What the automatic tax adds to a line: one fixed rate, from the settings, wherever the account is registered. */
export const automaticRate = (
  world: World,
  invoice: Invoice,
  place: Place,
  inclusive: boolean,
): AppliedRate => {
  const collects = isRegistered(world, place, invoice.created);
  const percent = collects ? world.settings.automaticTaxPercent : 0;
  const rate = rateFor(world, place, inclusive, invoice.created, percent);
  return { id: rate.id, percent, inclusive, reason: collects ? "standard_rated" : "not_collecting" };
};
