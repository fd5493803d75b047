import type Stripe from "stripe";
import type { Aftermath } from "../methods/card-behaviour.js";
import { type Context, day, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Charge, Dispute, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookDispute } from "./balance-transaction.js";
import { noEvidence } from "./dispute-evidence.js";

export type DisputeKind = Extract<Aftermath, `dispute_${string}`>;

const reasons = {
  dispute_fraudulent: "fraudulent",
  dispute_inquiry: "fraudulent",
  dispute_product_not_received: "product_not_received",
} satisfies Record<DisputeKind, string>;

/** How long there is to answer a dispute, in seconds. */
const answerTime = 9 * day;

const newDispute = (ctx: Context, charge: Charge, kind: DisputeKind): Dispute => ({
  id: ctx.ids.id("du"),
  object: "dispute",
  amount: charge.amount,
  balance_transactions: [],
  charge: charge.id,
  created: seconds(ctx),
  currency: charge.currency,
  enhanced_eligibility_types: [],
  evidence: noEvidence(charge),
  evidence_details: {
    due_by: seconds(ctx) + answerTime,
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
  reason: reasons[kind],
  status: kind === "dispute_inquiry" ? "warning_needs_response" : "needs_response",
});

/** The holder contests a charge; an inquiry only asks, and takes no money yet. */
export const openDispute = (world: World, ctx: Context, charge: Charge, kind: DisputeKind): Dispute => {
  if (charge.disputed)
    throw invalidRequest(`The charge ${charge.id} has been disputed already.`, undefined, "charge");
  if (!charge.paid || !charge.captured)
    throw invalidRequest("Only a charge whose money was taken can be disputed.", undefined, "charge");
  const dispute = newDispute(ctx, charge, kind);
  world.disputes[dispute.id] = dispute;
  charge.disputed = true;
  if (kind !== "dispute_inquiry") bookDispute(world, ctx, dispute, -1);
  emit(world, ctx, "charge.dispute.created", dispute);
  if (kind !== "dispute_inquiry") emit(world, ctx, "charge.dispute.funds_withdrawn", dispute);
  return dispute;
};

const isOpen = (dispute: Dispute): boolean =>
  ["needs_response", "warning_needs_response", "under_review", "warning_under_review"].includes(
    dispute.status,
  );

const needOpen = (dispute: Dispute): void => {
  if (!isOpen(dispute)) throw invalidRequest("This dispute is already closed");
};

const isInquiry = (dispute: Dispute): boolean => dispute.status.startsWith("warning_");

/** The issuer decides; a dispute that is won brings the money back. */
const decide = (world: World, ctx: Context, dispute: Dispute, outcome: "lost" | "won"): void => {
  const status = isInquiry(dispute) ? "warning_closed" : outcome;
  change(world, ctx, "charge.dispute.closed", dispute, (draft) => {
    draft.status = status;
  });
  if (status !== "won") return;
  bookDispute(world, ctx, dispute, 1);
  emit(world, ctx, "charge.dispute.funds_reinstated", dispute);
};

/** Accepts the loss. */
export const closeDispute = (world: World, ctx: Context, dispute: Dispute): Dispute => {
  needOpen(dispute);
  decide(world, ctx, dispute, "lost");
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
 * decide the dispute at once, as in Stripe's test mode.
 * https://docs.stripe.com/testing#disputes
 */
export const updateDispute = (
  world: World,
  ctx: Context,
  dispute: Dispute,
  { evidence, metadata, submit: wanted = evidence !== undefined }: DisputeChange,
): Dispute => {
  if (evidence || wanted) needOpen(dispute);
  change(world, ctx, "charge.dispute.updated", dispute, (draft) => {
    draft.metadata = mergeMetadata(draft.metadata, metadata);
    Object.assign(draft.evidence, evidence);
    if (evidence) draft.evidence_details.has_evidence = true;
    if (wanted) submit(draft);
  });
  const text = wanted ? dispute.evidence.uncategorized_text : null;
  if (text === "winning_evidence") decide(world, ctx, dispute, "won");
  if (text === "losing_evidence") decide(world, ctx, dispute, "lost");
  return dispute;
};
