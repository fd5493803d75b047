import { releaseSchedule } from "../changes/end-schedule.js";
import { updateSubscription } from "../changes/update-subscription.js";
import { cardOnFile, namedBy } from "../methods/on-file.js";
import { type CardInput, createPaymentMethod } from "../methods/payment-method.js";
import { settleSetup } from "../paying/confirm-intent.js";
import { createSetupIntent } from "../payments/setup-intent.js";
import { ended, needLiving } from "../subscriptions/changing/cancel-subscription.js";
import { type CancelFields, cancelNow } from "../subscriptions/stopping/cancel-now.js";
import type { Context } from "../world/context.js";
import { find, need } from "../world/find.js";
import { rowsOf } from "../world/owned-rows.js";
import { invalidRequest, StripeError } from "../world/stripe-error.js";
import type {
  Customer,
  Invoice,
  PaymentMethod,
  PortalConfiguration,
  PortalSession,
  Price,
  Product,
  Subscription,
} from "../world/wire.js";
import type { World } from "../world/world.js";

/** Everything the portal's page shows. */
export type PortalView = {
  session: PortalSession;
  configuration: PortalConfiguration;
  customer: Customer;
  /** Ended ones are left out; the newest first. */
  subscriptions: Subscription[];
  defaultPaymentMethod: PaymentMethod | null;
  /** Newest first, drafts left out. */
  invoices: Invoice[];
  /** What the customer may switch to: the prices that the configuration offers. */
  switchOptions: Array<{ product: Product; price: Price }>;
};

const switchOptions = (world: World, configuration: PortalConfiguration): PortalView["switchOptions"] => {
  const { enabled, products } = configuration.features.subscription_update;
  const offered = new Set(enabled ? products?.flatMap(({ prices }) => prices) : []);
  return Object.values(world.prices).flatMap((price) => {
    const product = find(world.products, price.product);
    return product && offered.has(price.id) && price.recurring ? [{ product, price }] : [];
  });
};

const defaultMethod = (
  world: World,
  customer: Customer,
  subscriptions: Subscription[],
): PaymentMethod | null => {
  const own = subscriptions.find((subscription) => subscription.default_payment_method !== null);
  return cardOnFile(world, own, namedBy(customer)) ?? null;
};

/** Gathers what a portal's page shows. */
export const readPortal = (world: World, sessionId: string): PortalView => {
  const session = need(world.portalSessions, "billing_portal.session", sessionId);
  const customer = need(world.customers, "customer", session.customer, "customer");
  const configuration = need(
    world.portalConfigurations,
    "configuration",
    session.configuration,
    "configuration",
  );
  const subscriptions = rowsOf(world, "sub", customer.id)
    .filter((subscription) => !ended(subscription))
    .reverse();
  return {
    session,
    configuration,
    customer,
    subscriptions,
    defaultPaymentMethod: defaultMethod(world, customer, subscriptions),
    invoices: rowsOf(world, "in", customer.id)
      .filter((invoice) => invoice.status !== "draft")
      .reverse(),
    switchOptions: switchOptions(world, configuration),
  };
};

/** What a customer said when they left. */
export type Farewell = { comment?: string | null; feedback?: Feedback | null; feedback_option?: string };

type Feedback = NonNullable<NonNullable<Subscription["cancellation_details"]>["feedback"]>;

/** Lets a subscription end the way the configuration says: with its period, or now. */
export const cancelPlan = (
  world: World,
  ctx: Context,
  configuration: PortalConfiguration,
  subscriptionId: string,
  farewell: Farewell = {},
): Subscription => {
  const { mode, proration_behavior: proration } = configuration.features.subscription_cancel;
  const details = farewell as NonNullable<CancelFields["cancellation_details"]>;
  const subscription = needLiving(world, subscriptionId);
  if (subscription.schedule !== null) releaseSchedule(world, ctx, subscription.schedule as string, false);
  if (mode === "at_period_end")
    return updateSubscription(world, ctx, subscriptionId, {
      // https://docs.stripe.com/billing/subscriptions/billing-mode/compare
      ...(subscription.billing_mode.type === "flexible"
        ? { cancel_at: "max_period_end" as const }
        : { cancel_at_period_end: true }),
      cancellation_details: details,
    });
  return cancelNow(world, ctx, subscription, {
    cancellation_details: details,
    invoice_now: proration === "always_invoice",
    prorate: proration !== "none",
  });
};

/** Takes back a scheduled end. */
export const undoCancel = (world: World, ctx: Context, subscriptionId: string): Subscription => {
  if (needLiving(world, subscriptionId).cancel_at === null)
    throw invalidRequest("This subscription is not set to be canceled.");
  return updateSubscription(world, ctx, subscriptionId, { cancel_at_period_end: false });
};

/** Takes back a change of plan that waits for the period's end. */
export const undoSwitch = (world: World, ctx: Context, subscriptionId: string): void => {
  const { schedule } = needLiving(world, subscriptionId);
  if (schedule !== null) releaseSchedule(world, ctx, schedule as string, false);
};

export type CardReplaced =
  | { status: "complete"; paymentMethod: string }
  /** `intent` is to be authenticated at `/3ds/:intentId`. */
  | { status: "requires_action"; intent: string };

/**
 * Sets up a new card that pays for everything from now on.
 *
 * @throws StripeError with the card's error if it is refused.
 */
export const replaceCard = (
  world: World,
  ctx: Context,
  customerId: string,
  card: CardInput,
): CardReplaced => {
  const method = createPaymentMethod(world, ctx, { card });
  const intent = createSetupIntent(world, ctx, { customer: customerId });
  world.hidden.waiting[intent.id] = { kind: "portal", customer: customerId };
  const outcome = settleSetup(world, ctx, intent, method, {});
  if (outcome.status === "failed") throw new StripeError(402, outcome.error);
  if (outcome.status === "requires_action") return { status: "requires_action", intent: intent.id };
  return { status: "complete", paymentMethod: method.id };
};
