import { BillingError, type BillingProvider } from "@tollgate/core";
import Stripe from "stripe";
import { switchInPortal, switchToDebit } from "./customer-step.js";
import { disputeCharge, refundCharge } from "./money-back-step.js";
import type { OwnStep } from "./own-step.js";
import type { ProviderStep } from "./provider-step.js";

/** A part of the provider's account that one history plays in. */
export interface Stage {
  readonly stripe: Stripe;
  readonly provider: BillingProvider;
  /** The provider's ids of prices, ours by name and one of another product. */
  readonly prices: Readonly<Record<string, string>>;
  readonly customers: readonly string[];
  /** The provider's ids, in the order in which they were made. */
  readonly subscriptions: string[];
  /** The app's ids of the customers. */
  readonly people: readonly string[];
  pass(seconds: number): void;
  /** Through our own API. */
  act(customerId: string, step: OwnStep): Promise<void>;
}

/** Does it at the provider; what it refuses (a card, an impossible change) has simply not happened. */
export async function performStep(stage: Stage, step: ProviderStep): Promise<void> {
  try {
    await perform(stage, step);
  } catch (error) {
    const refused =
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeCardError ||
      (error instanceof BillingError && error.code === "provider_rejected");
    if (!refused) throw error;
  }
}

async function perform(stage: Stage, step: ProviderStep): Promise<void> {
  const { stripe, prices } = stage;
  switch (step.kind) {
    case "pass":
      return stage.pass(step.seconds);
    case "subscribe":
      return subscribe(stage, pick(stage.customers, step.customer), {
        items: [{ price: prices[step.price] ?? "", quantity: step.quantity }],
        payment_behavior: step.start,
        ...(step.trialDays > 0 && { trial_period_days: step.trialDays }),
      });
    case "foreign":
      return subscribe(stage, pick(stage.customers, step.customer), {
        items: [{ price: prices[step.price] ?? "" }],
      });
    case "card":
      return switchCard(stage, pick(stage.customers, step.customer), step.good);
    case "debit":
      return switchToDebit(stage.stripe, pick(stage.customers, step.customer), step.good);
    case "refund":
      return refundCharge(stripe, pick(stage.customers, step.customer), step.whole);
    case "dispute":
      return disputeCharge(stripe, pick(stage.customers, step.customer), step);
    default:
  }
  const subscription = await choose(stage, step.which);
  if (subscription === null) return;
  const { id } = subscription;
  switch (step.kind) {
    case "own": {
      const owner = stage.customers.indexOf(String(subscription.customer));
      return stage.act(stage.people[owner] ?? "", step);
    }
    case "change": {
      const [item] = subscription.items.data;
      const changed = { id: item?.id ?? "", price: prices[step.price] ?? "", quantity: step.quantity };
      await stripe.subscriptions.update(id, { items: [changed], payment_behavior: step.payment });
      return;
    }
    case "addItem":
      await stripe.subscriptionItems.create({ subscription: id, price: prices.addon ?? "" });
      return;
    case "portalSwitch":
      return switchInPortal(stage.provider, subscription, prices[step.price] ?? "", step.quantity);
    case "cancelAtEnd":
      await stripe.subscriptions.update(id, { cancel_at_period_end: !step.undo });
      return;
    case "cancelNow":
      await stripe.subscriptions.cancel(id);
      return;
    case "plan":
      return planChange(stage, subscription, prices[step.price] ?? "");
    case "release":
      if (typeof subscription.schedule === "string")
        await stripe.subscriptionSchedules.release(subscription.schedule);
      return;
    case "pause":
      if (step.how === "collection")
        await stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } });
      else await stripe.subscriptions.pause(id, { type: "subscription" });
      return;
    case "resume":
      if (subscription.status !== "paused") await stripe.subscriptions.update(id, { pause_collection: "" });
      else await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "now" } });
      return;
    case "payOpenInvoice": {
      const { data } = await stripe.invoices.list({ subscription: id, status: "open", limit: 1 });
      if (data[0]?.id !== undefined) await stripe.invoices.pay(data[0].id);
    }
  }
}

async function subscribe(
  stage: Stage,
  customer: string,
  params: Omit<Stripe.SubscriptionCreateParams, "customer">,
): Promise<void> {
  const { id } = await stage.stripe.subscriptions.create({ customer, ...params });
  stage.subscriptions.push(id);
}

async function switchCard({ stripe }: Stage, customer: string, good: boolean): Promise<void> {
  const token = good ? "pm_card_visa" : "pm_card_chargeCustomerFail";
  const { id } = await stripe.paymentMethods.attach(token, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

/** Another price from the end of the period, by a schedule. */
async function planChange(
  { stripe }: Stage,
  subscription: Stripe.Subscription,
  price: string,
): Promise<void> {
  const made =
    typeof subscription.schedule === "string"
      ? await stripe.subscriptionSchedules.retrieve(subscription.schedule)
      : await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  const [present] = made.phases;
  const [item] = subscription.items.data;
  if (present === undefined || item === undefined) return;
  await stripe.subscriptionSchedules.update(made.id, {
    phases: [
      {
        items: [{ price: item.price.id, quantity: item.quantity ?? 1 }],
        start_date: present.start_date,
        end_date: present.end_date,
      },
      { items: [{ price, quantity: 1 }], duration: { interval: "month", interval_count: 1 } },
    ],
  });
}

async function choose({ stripe, subscriptions }: Stage, which: number): Promise<Stripe.Subscription | null> {
  if (subscriptions.length === 0) return null;
  return stripe.subscriptions.retrieve(pick(subscriptions, which));
}

function pick(from: readonly string[], which: number): string {
  return from[which % from.length] ?? "";
}
