import { needFile } from "../files/upload-file.js";
import type { Charge, Customer, Dispute } from "../world/wire.js";
import type { World } from "../world/world.js";

/** What is a file that was uploaded. https://docs.stripe.com/api/disputes/evidence_object */
const files = [
  "cancellation_policy",
  "customer_communication",
  "customer_signature",
  "duplicate_charge_documentation",
  "receipt",
  "refund_policy",
  "service_documentation",
  "shipping_documentation",
  "uncategorized_file",
] as const;

type GivenFiles = { [K in (typeof files)[number]]?: string | null };

/** Refuses evidence that names a file which was never uploaded. */
export const checkEvidence = (world: World, evidence: GivenFiles | null | undefined): void => {
  for (const name of files) if (evidence?.[name]) needFile(world, evidence[name], `evidence[${name}]`);
};

type Payer = Pick<Customer, "description" | "email" | "name">;

/** What Stripe fills in by itself: the little that it knows of the payer, and what was sold. */
export const knownEvidence = (
  charge: Charge,
  payer: Payer | undefined,
  sold: boolean,
): Dispute["evidence"] => ({
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: charge.billing_details.email ?? payer?.email ?? null,
  customer_name: charge.billing_details.name ?? payer?.name ?? payer?.description ?? null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: sold ? charge.description : null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
});
