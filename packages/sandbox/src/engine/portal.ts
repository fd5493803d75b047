import { ended, needLiving } from "./cancel-subscription.js";
import { settleSetup } from "./confirm-intent.js";
import type { Context } from "./context.js";
import { find, need, newestFirst } from "./find.js";
import { type CardInput, createPaymentMethod } from "./payment-method.js";
import { ensureDefaultConfiguration } from "./portal-configuration.js";
import { createSetupIntent } from "./setup-intent.js";
import { invalidRequest, StripeError } from "./stripe-error.js";
import type { ProrationBehavior } from "./subscription-update.js";
import { updateSubscription } from "./update-subscription.js";
import type {
  Customer,
  Invoice,
  PaymentMethod,
  PortalConfiguration,
  PortalSession,
  Price,
  Product,
  Subscription,
} from "./wire.js";
import type { World } from "./world.js";

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
  /** What the customer may switch to: the configuration's products, or every active recurring price. */
  switchOptions: Array<{ product: Product; price: Price }>;
};

const switchOptions = (world: World, configuration: PortalConfiguration): PortalView["switchOptions"] => {
  const offered = configuration.features.subscription_update.products?.flatMap((product) => product.prices);
  return Object.values(world.prices).flatMap((price) => {
    const product = find(world.products, price.product);
    const fits = offered ? offered.includes(price.id) : price.active && product?.active === true;
    return product && fits && price.recurring ? [{ product, price }] : [];
  });
};

const defaultMethod = (
  world: World,
  customer: Customer,
  subscriptions: Subscription[],
): PaymentMethod | null => {
  const own = subscriptions.find((subscription) => subscription.default_payment_method !== null);
  const id = own?.default_payment_method ?? customer.invoice_settings.default_payment_method;
  return find<PaymentMethod>(world.paymentMethods, id as string | null | undefined) ?? null;
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
  const subscriptions = newestFirst(world.subscriptions).filter(
    (subscription) => subscription.customer === customer.id && !ended(subscription),
  );
  return {
    session,
    configuration,
    customer,
    subscriptions,
    defaultPaymentMethod: defaultMethod(world, customer, subscriptions),
    invoices: newestFirst(world.invoices).filter(
      (invoice) => invoice.customer === customer.id && invoice.status !== "draft",
    ),
    switchOptions: switchOptions(world, configuration),
  };
};

/** Lets a subscription end with its period. */
export const scheduleCancel = (world: World, ctx: Context, subscriptionId: string): Subscription =>
  updateSubscription(world, ctx, subscriptionId, { cancel_at_period_end: true });

/** Takes a scheduled end back. */
export const undoCancel = (world: World, ctx: Context, subscriptionId: string): Subscription => {
  if (needLiving(world, subscriptionId).cancel_at === null)
    throw invalidRequest("This subscription is not set to be canceled.");
  return updateSubscription(world, ctx, subscriptionId, { cancel_at_period_end: false });
};

/** Puts a subscription's first item on another price; a payment that fails leaves everything as it was. */
export const switchPlan = (
  world: World,
  ctx: Context,
  subscriptionId: string,
  change: { priceId: string; quantity?: number },
): Subscription => {
  const item = needLiving(world, subscriptionId).items.data[0];
  const { proration_behavior } = ensureDefaultConfiguration(world, ctx).features.subscription_update;
  return updateSubscription(world, ctx, subscriptionId, {
    items: [
      {
        ...(item ? { id: item.id } : {}),
        price: change.priceId,
        ...(change.quantity === undefined ? {} : { quantity: change.quantity }),
      },
    ],
    proration_behavior: proration_behavior as ProrationBehavior,
    payment_behavior: "error_if_incomplete",
  });
};

export type CardReplaced =
  | { status: "complete"; paymentMethod: string }
  /** `intent` is to be authenticated at `/3ds/:intentId`. */
  | { status: "requires_action"; intent: string };

/**
 * Sets up a new card and lets it pay for everything from now on.
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
