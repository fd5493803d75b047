import { type Context, seconds } from "../world/context.js";
import { find, need } from "../world/find.js";
import type { PaymentMethod, SetupAttempt, SetupIntent } from "../world/wire.js";
import type { World } from "../world/world.js";

const detailsOf = ({ card, type }: PaymentMethod): SetupAttempt["payment_method_details"] => {
  if (!card) return type === "sepa_debit" ? { type, sepa_debit: {} } : { type, us_bank_account: {} };
  return {
    type: "card",
    card: {
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      last4: card.last4,
      network: card.brand,
      three_d_secure: null,
      wallet: null,
    },
  };
};

/** How the latest try to keep a payment method ended, or where it is. */
export const noteAttempt = (
  world: World,
  intent: SetupIntent,
  status: "failed" | "requires_action" | "succeeded",
  error: SetupAttempt["setup_error"] = null,
): void => {
  const attempt = find(world.setupAttempts, intent.latest_attempt as string | null);
  if (!attempt) return;
  attempt.status = status;
  attempt.setup_error = error;
};

/** Begins a try to keep a payment method; an earlier one that still waits is given up. */
export const beginAttempt = (
  world: World,
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
): void => {
  const earlier = find(world.setupAttempts, intent.latest_attempt as string | null);
  if (earlier?.status === "requires_action") earlier.status = "abandoned";
  const attempt: SetupAttempt = {
    id: ctx.ids.id("setatt"),
    object: "setup_attempt",
    application: null,
    created: seconds(ctx),
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: detailsOf(method),
    setup_error: null,
    setup_intent: intent.id,
    status: "processing",
    usage: intent.usage,
  };
  world.setupAttempts[attempt.id] = attempt;
  intent.latest_attempt = attempt.id;
};

/** Every try of a setup, newest first. */
export const attemptsOf = (world: World, intent: string): SetupAttempt[] => {
  need(world.setupIntents, "setupintent", intent, "setup_intent");
  return Object.values(world.setupAttempts)
    .filter((attempt) => attempt.setup_intent === intent)
    .reverse();
};
