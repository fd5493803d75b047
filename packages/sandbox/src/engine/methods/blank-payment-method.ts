import { type Context, seconds } from "../world/context.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import type { PaymentMethod } from "../world/wire.js";

/** What is known about the payer; what is left out is null. */
export type BillingDetails = Partial<PaymentMethod["billing_details"]>;

const nobody: PaymentMethod["billing_details"] = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

type Fields = { billing_details?: BillingDetails; metadata?: MetadataChange };

/** What every kind of payment method has, before it belongs to anybody. */
export const blankPaymentMethod = (ctx: Context, id: string, { billing_details, metadata }: Fields) => ({
  id,
  object: "payment_method" as const,
  allow_redisplay: "unspecified" as const,
  billing_details: { ...structuredClone(nobody), ...billing_details },
  created: seconds(ctx),
  customer: null,
  customer_account: null,
  livemode: false,
  metadata: mergeMetadata({}, metadata),
});
