import { type Context, seconds } from "../../world/context.js";
import { find, need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Customer, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { createInvoice } from "./invoice.js";

/** Drafts a copy of an open invoice, to correct what was wrong; finalizing it voids the original. */
export const reviseInvoice = (world: World, ctx: Context, id: string): Invoice => {
  const original = need<Invoice>(world.invoices, "invoice", id, "from_invoice[invoice]");
  if (original.status !== "open" && original.status !== "uncollectible")
    throw invalidRequest(
      "Only open or uncollectible invoices can be revised.",
      undefined,
      "from_invoice[invoice]",
    );
  if (original.latest_revision !== null)
    throw invalidRequest("This invoice was revised already.", undefined, "from_invoice[invoice]");
  const at = atCustomer(world, ctx, original.customer as string);
  const customer = need<Customer>(world.customers, "customer", original.customer as string, "customer");
  const lines = original.lines.data.map((line) => {
    const copy = { ...structuredClone(line), id: at.ids.id("il") };
    const rates = find(world.hidden.taxRatesOfLine, line.id);
    if (rates) world.hidden.taxRatesOfLine[copy.id] = [...rates];
    return copy;
  });
  const { collection_method, custom_fields, default_tax_rates, description, discounts, footer, metadata } =
    structuredClone(original);
  return createInvoice(world, at, {
    customer,
    subscription: null,
    currency: original.currency,
    lines,
    reason: "manual",
    period: { start: seconds(at), end: seconds(at) },
    finalizesAt: null,
    details: {
      automatic_tax: structuredClone(original.automatic_tax),
      collection_method,
      custom_fields,
      default_payment_method: original.default_payment_method as string | null,
      default_tax_rates,
      description,
      discounts,
      due_date: original.due_date,
      footer,
      from_invoice: { action: "revision", invoice: original.id },
      metadata,
      parent: structuredClone(original.parent),
    },
  });
};
