import type Stripe from "stripe";
import { day } from "../world/context.js";
import { find } from "../world/find.js";
import type { Charge, Dispute } from "../world/wire.js";
import type { World } from "../world/world.js";

type Visa = Stripe.Dispute.Evidence.EnhancedEvidence.VisaCompellingEvidence3;
type Prior = Visa["prior_undisputed_transactions"][number];
type Action = Stripe.Dispute.EvidenceDetails.EnhancedEligibility.VisaCompellingEvidence3.RequiredAction;
type Identity = Pick<Prior, "customer_account_id" | "customer_email_address" | (typeof strong)[number]>;

/** At least one of these has to be the same in all three payments. */
const strong = ["customer_device_fingerprint", "customer_device_id", "customer_purchase_ip"] as const;

/** Undisputed payments of the same card, 120 to 364 days before. https://docs.stripe.com/disputes/api/visa-ce3 */
const priorsOf = (world: World, charge: Charge): Charge[] => {
  const fingerprint = charge.payment_method_details?.card?.fingerprint;
  return Object.values(world.charges).filter((one) => {
    const age = charge.created - one.created;
    const isInWindow = age >= 120 * day && age < 365 * day;
    const isSame = one.payment_method_details?.card?.fingerprint === fingerprint;
    return isSame && isInWindow && one.paid && one.captured && !one.disputed;
  });
};

const matches = (one: Partial<Identity>, priors: readonly Partial<Identity>[]): boolean => {
  const same = (name: keyof Identity): boolean =>
    Boolean(one[name]) && priors.every((p) => p[name] === one[name]);
  const weak = (["customer_account_id", "customer_email_address"] as const).filter(same).length;
  const found = strong.filter(same).length;
  return found > 0 && found + weak >= 2;
};

const actionsFor = (visa: Partial<Visa> | undefined): Action[] => {
  const disputed: Partial<NonNullable<Visa["disputed_transaction"]>> = visa?.disputed_transaction ?? {};
  const priors = visa?.prior_undisputed_transactions ?? [];
  const needed: [Action, boolean][] = [
    ["missing_customer_identifiers", !matches(disputed, priors) || priors.length === 0],
    ["missing_disputed_transaction_description", !disputed.product_description],
    ["missing_merchandise_or_services", !disputed.merchandise_or_services],
    ["missing_prior_undisputed_transaction_description", priors.some((one) => !one.product_description)],
    ["missing_prior_undisputed_transactions", priors.length !== 2],
  ];
  return needed.flatMap(([action, isMissing]) => (isMissing ? [action] : []));
};

/** Says whether Visa's rules apply to a dispute, and what they still ask for. */
export const tellEligibility = (world: World, dispute: Dispute): void => {
  const charge = find<Charge>(world.charges, dispute.charge as string);
  const card = dispute.payment_method_details?.card;
  const applies =
    card?.brand === "visa" && card.network_reason_code === "10.4" && card.case_type === "chargeback";
  if (!charge || !applies || priorsOf(world, charge).length < 2) return;
  const required_actions = actionsFor(dispute.evidence.enhanced_evidence.visa_compelling_evidence_3);
  const status = required_actions.length === 0 ? "qualified" : "requires_action";
  dispute.enhanced_eligibility_types = ["visa_compelling_evidence_3"];
  dispute.evidence_details.enhanced_eligibility = {
    visa_compelling_evidence_3: { required_actions, status },
  };
};
