import type Stripe from "stripe";
import type { Aftermath } from "../methods/card-behaviour.js";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { touch } from "../world/touch.js";
import type { Charge, Customer, Dispute, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookDispute } from "./balance-transaction.js";
import { tellEligibility } from "./compelling-evidence.js";
import { answerUntil, isInquiry, isOpen, loseDispute, reviewTime, tellCharge } from "./decide-dispute.js";
import { checkEvidence, knownEvidence } from "./dispute-evidence.js";
import { answerWarnings } from "./early-fraud-warning.js";

/**
 * How a card's charge, or a debit, is contested. `dispute_prevented`: settled by giving the money back, before it became a
 * chargeback; no card does that by itself.
 */
export type DisputeKind = Extract<Aftermath, `dispute_${string}`> | "dispute_debit" | "dispute_prevented";

const reasons = {
  dispute_debit: "debit_not_authorized",
  dispute_fraudulent: "fraudulent",
  dispute_inquiry: "fraudulent",
  dispute_prevented: "fraudulent",
  dispute_product_not_received: "product_not_received",
} satisfies Record<DisputeKind, string>;

/** What Visa calls the reasons. https://docs.stripe.com/disputes/categories */
const networkReasons = {
  dispute_fraudulent: "10.4",
  dispute_inquiry: "10",
  dispute_prevented: "10.4",
  dispute_product_not_received: "13.1",
} satisfies Partial<Record<DisputeKind, string>>;

/** https://docs.stripe.com/api/disputes/object#dispute_object-payment_method_details-card-case_type */
const caseTypes = {
  dispute_fraudulent: "chargeback",
  dispute_inquiry: "inquiry",
  dispute_prevented: "resolution",
  dispute_product_not_received: "chargeback",
} as const satisfies Record<Exclude<DisputeKind, "dispute_debit">, string>;

const statuses = {
  dispute_debit: "needs_response",
  dispute_fraudulent: "needs_response",
  dispute_inquiry: "warning_needs_response",
  dispute_prevented: "prevented",
  dispute_product_not_received: "needs_response",
} as const satisfies Record<DisputeKind, string>;

const detailsOf = (charge: Charge, kind: DisputeKind): Pick<Dispute, "payment_method_details"> => {
  const brand = charge.payment_method_details?.card?.brand;
  if (!brand || kind === "dispute_debit") return {};
  const card = {
    brand,
    case_type: caseTypes[kind],
    network: brand,
    network_reason_code: networkReasons[kind],
  } as const;
  return { payment_method_details: { card, type: "card" } };
};

const newDispute = (world: World, ctx: Context, charge: Charge, kind: DisputeKind): Dispute => ({
  id: ctx.ids.id("du"),
  object: "dispute",
  amount: charge.amount,
  balance_transactions: [],
  charge: charge.id,
  created: seconds(ctx),
  currency: charge.currency,
  enhanced_eligibility_types: [],
  evidence: knownEvidence(
    charge,
    find<Customer>(world.customers, charge.customer as string | null),
    kind !== "dispute_inquiry",
  ),
  evidence_details: {
    due_by: kind === "dispute_prevented" ? null : answerUntil(ctx),
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: "not_submitted",
  },
  intended_submission_method: null,
  is_charge_refundable: kind === "dispute_inquiry",
  livemode: false,
  metadata: {},
  payment_intent: charge.payment_intent,
  ...detailsOf(charge, kind),
  reason: reasons[kind],
  status: statuses[kind],
});

/** The holder contests a charge; an inquiry only asks, and takes no money yet. */
export const openDispute = (world: World, ctx: Context, charge: Charge, kind: DisputeKind): Dispute => {
  if (charge.disputed)
    throw invalidRequest(`The charge ${charge.id} has been disputed already.`, undefined, "charge");
  if (!charge.paid || !charge.captured)
    throw invalidRequest("Only a charge whose money was taken can be disputed.", undefined, "charge");
  const dispute = newDispute(world, ctx, charge, kind);
  tellEligibility(world, dispute);
  world.disputes[dispute.id] = dispute;
  charge.disputed = true;
  touch(world, charge.id);
  if (kind !== "dispute_inquiry") bookDispute(world, ctx, dispute, -1);
  emit(world, ctx, "charge.dispute.created", dispute);
  answerWarnings(world, ctx, charge);
  if (kind !== "dispute_inquiry") emit(world, ctx, "charge.dispute.funds_withdrawn", dispute);
  return dispute;
};

const needOpen = (dispute: Dispute): void => {
  if (!isOpen(dispute)) throw invalidRequest("This dispute is already closed");
};

/** Accepts the loss. */
export const closeDispute = (world: World, ctx: Context, dispute: Dispute): Dispute => {
  needOpen(dispute);
  loseDispute(world, ctx, dispute);
  return dispute;
};

export type DisputeChange = {
  evidence?: Given<Stripe.DisputeUpdateParams["evidence"]> | null;
  metadata?: MetadataChange;
  submit?: boolean;
};

const submit = (draft: Dispute): void => {
  draft.status = isInquiry(draft) ? "warning_under_review" : "under_review";
  draft.evidence_details.submission_count += 1;
  draft.evidence_details.submission_method = "manual";
};

/**
 * Notes evidence and, unless told otherwise, hands it in. The texts `winning_evidence` and `losing_evidence`
 * decide the dispute, as in Stripe's test mode: a loss at once, and a win some seconds later. After
 * `escalate_inquiry_evidence` an inquiry takes the money, some seconds later too.
 * https://docs.stripe.com/testing#disputes
 */
export const updateDispute = (
  world: World,
  ctx: Context,
  dispute: Dispute,
  { evidence, metadata, submit: wanted = evidence !== undefined }: DisputeChange,
): Dispute => {
  if (evidence || wanted) needOpen(dispute);
  checkEvidence(world, evidence);
  change(world, ctx, "charge.dispute.updated", dispute, (draft) => {
    draft.metadata = mergeMetadata(draft.metadata, metadata);
    Object.assign(draft.evidence, evidence);
    if (evidence) draft.evidence_details.has_evidence = true;
    if (evidence) tellEligibility(world, draft);
    if (wanted) submit(draft);
  });
  const text = wanted ? dispute.evidence.uncategorized_text : null;
  if (text === "winning_evidence") world.hidden.disputesWon[dispute.id] = seconds(ctx) + reviewTime;
  if (text === "escalate_inquiry_evidence" && isInquiry(dispute))
    world.hidden.inquiriesEscalated[dispute.id] = seconds(ctx) + reviewTime;
  if (text === "losing_evidence") loseDispute(world, ctx, dispute);
  else if (wanted) tellCharge(world, ctx, dispute);
  return dispute;
};
