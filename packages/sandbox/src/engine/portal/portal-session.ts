import type Stripe from "stripe";
import { needCustomer } from "../customers/customer.js";
import { needLiving } from "../subscriptions/changing/cancel-subscription.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, PortalConfiguration, PortalSession, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import {
  draftDefaultConfiguration,
  findDefaultConfiguration,
  saveDefaultConfiguration,
} from "./portal-configuration.js";

type Flow = NonNullable<PortalSession["flow"]>;
type FlowRequest = Given<Stripe.BillingPortal.SessionCreateParams.FlowData>;
type Confirm = NonNullable<FlowRequest["subscription_update_confirm"]>;

export type NewPortalSession = Omit<
  Given<Stripe.BillingPortal.SessionCreateParams>,
  "after_expiration" | "customer" | "customer_account" | "expand" | "on_behalf_of"
> & { customer: string };

/** The feature that a flow needs. */
const featureOf = {
  customer_update: "customer_update",
  payment_method_update: "payment_method_update",
  subscription_cancel: "subscription_cancel",
  subscription_pause: "subscription_pause",
  subscription_update: "subscription_update",
  subscription_update_confirm: "subscription_update",
} satisfies Record<FlowRequest["type"], keyof PortalConfiguration["features"]>;

const disabled = (what: string, feature: string): string =>
  `${what} because the ${feature} feature in the portal configuration is disabled.`;

/** Stripe's words where a flow's feature is off; of a change's it is known, the others follow it. */
const switchedOff = {
  customer_update: disabled("This customer cannot be updated", "customer update"),
  payment_method_update: disabled("This payment method cannot be updated", "payment method update"),
  subscription_cancel: disabled("This subscription cannot be canceled", "subscription cancellation"),
  subscription_pause: disabled("This subscription cannot be paused", "subscription pause"),
  subscription_update: disabled("This subscription cannot be updated", "subscription update"),
} satisfies Record<(typeof featureOf)[FlowRequest["type"]], string>;

/** Whether a change that waits to be confirmed would change nothing. */
const changesNothing = (subscription: Subscription, { items, discounts }: Confirm): boolean =>
  !discounts?.length &&
  items.every(({ id, price, quantity }) => {
    const known = subscription.items.data.find((item) => item.id === id);
    return (
      (price ?? known?.price.id) === known?.price.id && (quantity ?? known?.quantity) === known?.quantity
    );
  });

const checkItems = (subscription: Subscription, flow: FlowRequest, world: World): void => {
  const param = "flow_data[subscription_update_confirm]";
  (flow.subscription_update_confirm?.items ?? []).forEach((item, index) => {
    if (!subscription.items.data.some((known) => known.id === item.id))
      throw invalidRequest(
        `No such subscription item: '${item.id}'`,
        "resource_missing",
        `${param}[items][${index}][id]`,
      );
    if (item.price !== undefined) need(world.prices, "price", item.price, `${param}[items][${index}][price]`);
  });
  (flow.subscription_update_confirm?.discounts ?? []).forEach(({ coupon, promotion_code: code }, index) => {
    if (coupon !== undefined) need(world.coupons, "coupon", coupon, `${param}[discounts][${index}][coupon]`);
    if (code !== undefined)
      need(world.promotionCodes, "promotion code", code, `${param}[discounts][${index}][promotion_code]`);
  });
};

/** A flow's feature must be on, and the subscription that it is about must be the customer's and alive. */
const checkFlow = (
  world: World,
  customer: string,
  flow: FlowRequest,
  configuration: PortalConfiguration,
): void => {
  if (!configuration.features[featureOf[flow.type]].enabled)
    throw invalidRequest(switchedOff[featureOf[flow.type]]);
  if (flow.type === "payment_method_update" || flow.type === "customer_update") return;
  const details = flow[flow.type];
  const param = `flow_data[${flow.type}]`;
  if (!details) throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  const subscription = needLiving(world, details.subscription, `${param}[subscription]`);
  if (subscription.customer !== customer)
    throw invalidRequest(
      `The subscription ${subscription.id} does not belong to the customer ${customer}.`,
      undefined,
      `${param}[subscription]`,
    );
  if (flow.type === "subscription_cancel" && (subscription.cancel_at_period_end || subscription.cancel_at))
    throw invalidRequest(
      `The subscription ${subscription.id} is already set to be canceled.`,
      undefined,
      `${param}[subscription]`,
    );
  checkItems(subscription, flow, world);
  if (flow.subscription_update_confirm && changesNothing(subscription, flow.subscription_update_confirm))
    throw invalidRequest("Cannot update the subscription because there are no changes to confirm.");
  const coupon = flow.subscription_cancel?.retention?.coupon_offer.coupon;
  if (coupon !== undefined)
    need(world.coupons, "coupon", coupon, `${param}[retention][coupon_offer][coupon]`);
};

const cancelOf = (given: FlowRequest["subscription_cancel"]): Flow["subscription_cancel"] =>
  given
    ? {
        retention: given.retention
          ? { coupon_offer: { coupon: given.retention.coupon_offer.coupon }, type: "coupon_offer" }
          : null,
        subscription: given.subscription,
      }
    : null;

const confirmOf = (given: FlowRequest["subscription_update_confirm"]): Flow["subscription_update_confirm"] =>
  given
    ? {
        discounts:
          given.discounts?.map(({ coupon = null, promotion_code = null }) => ({ coupon, promotion_code })) ??
          null,
        items: given.items.map((item) => ({
          id: item.id,
          price: item.price ?? null,
          ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
        })),
        subscription: given.subscription,
      }
    : null;

const flowOf = (flow: FlowRequest): Flow => ({
  after_completion: {
    hosted_confirmation:
      flow.after_completion?.type === "hosted_confirmation"
        ? { custom_message: flow.after_completion.hosted_confirmation?.custom_message ?? null }
        : null,
    redirect: flow.after_completion?.redirect ?? null,
    type: flow.after_completion?.type ?? "portal_homepage",
  },
  customer_update: flow.type === "customer_update" ? {} : null,
  subscription_cancel: cancelOf(flow.subscription_cancel),
  subscription_pause: flow.subscription_pause ?? null,
  subscription_update: flow.subscription_update ?? null,
  subscription_update_confirm: confirmOf(flow.subscription_update_confirm),
  type: flow.type,
});

/** Stripe's words: https://docs.stripe.com/customer-management/activate-no-code-customer-portal */
const notSaved =
  "No configuration provided and your test mode default configuration has not been created. Provide a configuration " +
  "or create your default by saving your customer portal settings in test mode at " +
  "https://dashboard.stripe.com/test/settings/billing/portal.";

const configurationOf = (world: World, ctx: Context, id: string | undefined): PortalConfiguration => {
  if (id !== undefined) return need(world.portalConfigurations, "configuration", id, "configuration");
  const own = findDefaultConfiguration(world);
  if (own) return own;
  if (!world.settings.portalSaved) throw invalidRequest(notSaved);
  return draftDefaultConfiguration(ctx);
};

/** Opens a portal for a customer; the address in it is the only way in. */
export const createPortalSession = (world: World, ctx: Context, fields: NewPortalSession): PortalSession => {
  const customer = needCustomer(world, fields.customer);
  const configuration = configurationOf(world, ctx, fields.configuration);
  if (!configuration.active)
    throw invalidRequest(`The configuration ${configuration.id} is not active.`, undefined, "configuration");
  if (fields.flow_data) checkFlow(world, customer.id, fields.flow_data, configuration);
  if (configuration.is_default) saveDefaultConfiguration(world, ctx, configuration);
  const token = `test_${ctx.ids.secret(32)}`;
  const session: PortalSession = {
    id: ctx.ids.id("bps"),
    object: "billing_portal.session",
    configuration: configuration.id,
    created: seconds(ctx),
    customer: customer.id,
    customer_account: null,
    flow: fields.flow_data ? flowOf(fields.flow_data) : null,
    livemode: false,
    locale: fields.locale ?? null,
    on_behalf_of: null,
    return_url: fields.return_url ?? configuration.default_return_url,
    url: `${ctx.baseUrl}/p/session/${token}`,
  };
  world.portalSessions[session.id] = session;
  world.hidden.portalTokens[token] = session.id;
  emit(world, ctx, "billing_portal.session.created", session);
  return session;
};
