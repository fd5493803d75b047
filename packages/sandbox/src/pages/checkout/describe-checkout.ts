import { isStarted } from "../../engine/checkout/terms/checkout-line.js";
import { hasTrial } from "../../engine/checkout/terms/checkout-totals.js";
import type { CheckoutSession } from "../../engine/world/wire.js";
import { describeLine } from "../totals/describe-order-line.js";
import { describeTotals } from "../totals/describe-totals.js";
import type { Language } from "../words/messages-for.js";
import type { CheckoutScene, CheckoutSummary } from "./checkout-scene.js";
import { describeAfterTrial, describePlan } from "./describe-plan.js";

export function describeCheckout(scene: CheckoutScene): CheckoutSummary {
  const { world, session, intent, language } = scene;
  if (session.mode === "setup") return describeSetup(language);
  const recurring = intent.lineItems.filter((line) => line.price?.recurring).length;
  const options = {
    adjustable: !isStarted(world, intent),
    mixed: recurring > 0 && recurring < intent.lineItems.length,
  };
  const shared = {
    lines: intent.lineItems.map((line) => describeLine(world, line, language, options)),
    totals: describeTotals(session, intent, language),
  };
  if (session.mode === "subscription") {
    const totals = [...shared.totals, ...describeAfterTrial(scene)];
    return { ...emptySummary, ...shared, totals, ...describePlan(scene) };
  }
  const total = language.money(session.amount_total ?? 0, session.currency ?? "usd");
  return {
    ...emptySummary,
    ...shared,
    title: language.text.order.payment,
    headline: total,
    dueToday: total,
    button: buttonOf(session, language, total),
    asksForCard: session.amount_total !== 0 && !hasTrial(intent),
  };
}

const emptySummary = {
  headlineDetail: undefined,
  later: undefined,
  terms: undefined,
  asksForCard: true,
} as const;

/** https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-submit_type */
function buttonOf(session: CheckoutSession, { text }: Language, total: string): string {
  if (session.amount_total === 0) return text.pay.complete;
  if (session.submit_type === "donate") return text.pay.donate(total);
  return session.submit_type === "book" ? text.pay.book(total) : text.pay.payAmount(total);
}

function describeSetup({ text }: Language): CheckoutSummary {
  return {
    ...emptySummary,
    title: text.order.saveCard,
    headline: text.order.nothingDue,
    later: text.order.setupLater,
    lines: [],
    totals: [],
    dueToday: undefined,
    button: text.pay.saveCard,
  };
}
