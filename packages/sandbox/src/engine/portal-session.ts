import { needLiving } from "./cancel-subscription.js";
import { type Context, seconds } from "./context.js";
import { needCustomer } from "./customer.js";
import { emit } from "./emit.js";
import { need } from "./find.js";
import { ensureDefaultConfiguration } from "./portal-configuration.js";
import { invalidRequest } from "./stripe-error.js";
import type { PortalSession } from "./wire.js";
import type { World } from "./world.js";

type Flow = NonNullable<PortalSession["flow"]>;

type FlowRequest = {
  type:
    | "payment_method_update"
    | "subscription_cancel"
    | "subscription_update"
    | "subscription_update_confirm";
  after_completion?: {
    type: "hosted_confirmation" | "portal_homepage" | "redirect";
    hosted_confirmation?: { custom_message?: string };
    redirect?: { return_url: string };
  };
  subscription_cancel?: { subscription: string };
  subscription_update?: { subscription: string };
  subscription_update_confirm?: {
    subscription: string;
    items: Array<{ id: string; price?: string; quantity?: number }>;
  };
};

export type NewPortalSession = {
  customer: string;
  configuration?: string;
  flow_data?: FlowRequest;
  locale?: string;
  return_url?: string;
};

/** The subscription that a flow is about must be the customer's and alive. */
const checkFlow = (world: World, customer: string, flow: FlowRequest): void => {
  if (flow.type === "payment_method_update") return;
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
  if (flow.type === "subscription_update" || flow.type === "subscription_cancel") return;
  for (const item of flow.subscription_update_confirm?.items ?? [])
    if (!subscription.items.data.some((known) => known.id === item.id))
      throw invalidRequest(`No such subscription item: '${item.id}'`, "resource_missing", `${param}[items]`);
};

const flowOf = (flow: FlowRequest): Flow => ({
  after_completion: {
    hosted_confirmation:
      flow.after_completion?.type === "hosted_confirmation"
        ? { custom_message: flow.after_completion.hosted_confirmation?.custom_message ?? null }
        : null,
    redirect: flow.after_completion?.redirect ?? null,
    type: flow.after_completion?.type ?? "portal_homepage",
  },
  customer_update: null,
  subscription_cancel: flow.subscription_cancel
    ? { retention: null, subscription: flow.subscription_cancel.subscription }
    : null,
  subscription_pause: null,
  subscription_update: flow.subscription_update ?? null,
  subscription_update_confirm: flow.subscription_update_confirm
    ? {
        discounts: null,
        items: flow.subscription_update_confirm.items.map((item) => ({
          id: item.id,
          price: item.price ?? null,
          ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
        })),
        subscription: flow.subscription_update_confirm.subscription,
      }
    : null,
  type: flow.type,
});

/** Opens a portal for a customer; the address in it is the only way in. */
export const createPortalSession = (world: World, ctx: Context, fields: NewPortalSession): PortalSession => {
  const customer = needCustomer(world, fields.customer);
  const configuration =
    fields.configuration === undefined
      ? ensureDefaultConfiguration(world, ctx)
      : need(world.portalConfigurations, "configuration", fields.configuration, "configuration");
  if (fields.flow_data) checkFlow(world, customer.id, fields.flow_data);
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
