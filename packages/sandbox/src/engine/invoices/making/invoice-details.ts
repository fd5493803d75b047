import type Stripe from "stripe";
import { checkOwnSource } from "../../methods/on-file.js";
import { needHeadOffice } from "../../tax/tax-settings.js";
import { checkCustomFields } from "../../world/check-limits.js";
import { need } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Customer, Given, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { taxRatesNamed } from "../items/invoice-item.js";
import type { InvoiceDetails } from "./new-invoice.js";

type DetailFields = Omit<
  Pick<
    Given<Stripe.InvoiceUpdateParams>,
    | "automatic_tax"
    | "custom_fields"
    | "default_payment_method"
    | "default_source"
    | "default_tax_rates"
    | "description"
    | "effective_at"
    | "footer"
    | "issuer"
    | "metadata"
    | "number"
    | "rendering"
    | "shipping_details"
    | "statement_descriptor"
  >,
  "rendering"
> & {
  rendering?: {
    amount_tax_display?: "exclude_tax" | "include_inclusive_tax" | null;
    pdf?: { page_size?: "a4" | "auto" | "letter" };
  };
};

const ownMethod = (world: World, customer: Customer, id: string): string => {
  const method = need(world.paymentMethods, "PaymentMethod", id, "default_payment_method");
  if (method.customer !== customer.id)
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      "resource_missing",
      "default_payment_method",
    );
  return id;
};

const checkNumber = (world: World, number: string | null | undefined, own: string | undefined): void => {
  const holder =
    number && Object.values(world.invoices).find((row) => row.number === number && row.id !== own);
  if (holder) throw invalidRequest(`Another invoice already has the number ${number}.`, undefined, "number");
};

/** The parts that both creating and updating write in the same way. Reads only; `own` is the invoice itself. */
export const detailsOf = (
  world: World,
  customer: Customer,
  fields: DetailFields,
  own?: Invoice,
): Partial<InvoiceDetails> => {
  checkNumber(world, fields.number, own?.id);
  const details: Partial<InvoiceDetails> = {};
  if (fields.automatic_tax !== undefined) {
    const enabled = fields.automatic_tax.enabled;
    if (enabled) needHeadOffice(world);
    details.automatic_tax = {
      disabled_reason: null,
      enabled,
      liability: enabled ? { type: "self" } : null,
      provider: enabled ? "stripe" : null,
      status: enabled ? "complete" : null,
    };
  }
  checkCustomFields(fields.custom_fields, "custom_fields");
  if (fields.custom_fields !== undefined) details.custom_fields = fields.custom_fields;
  if (fields.default_payment_method !== undefined)
    details.default_payment_method = fields.default_payment_method
      ? ownMethod(world, customer, fields.default_payment_method)
      : null;
  if (fields.default_source !== undefined) {
    checkOwnSource(world, customer.id, fields.default_source);
    details.default_source = fields.default_source || null;
  }
  if (fields.default_tax_rates !== undefined)
    details.default_tax_rates = structuredClone(
      taxRatesNamed(world, fields.default_tax_rates, "default_tax_rates"),
    );
  for (const key of ["description", "footer", "number", "statement_descriptor"] as const) {
    const value = fields[key];
    if (value !== undefined) details[key] = value || null;
  }
  if (fields.effective_at !== undefined) details.effective_at = fields.effective_at;
  if (fields.shipping_details !== undefined) {
    const shipping = fields.shipping_details;
    const nowhere = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
    details.shipping_details =
      shipping === null
        ? null
        : {
            name: shipping.name,
            phone: shipping.phone ?? null,
            address: { ...nowhere, ...shipping.address },
          };
  }
  if (fields.rendering !== undefined)
    details.rendering = {
      amount_tax_display: fields.rendering.amount_tax_display ?? null,
      pdf: { page_size: fields.rendering.pdf?.page_size ?? "auto" },
      template: null,
      template_version: null,
    };
  if (fields.metadata !== undefined) details.metadata = mergeMetadata(own?.metadata ?? {}, fields.metadata);
  return details;
};
