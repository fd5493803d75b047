import type { BillingProvider, PortalFlow } from "@tollgate/core";
import type Stripe from "stripe";
import { groupPortal, planOfPrice, type StripeNames } from "./names.js";
import { generalPortal, listPortals } from "./portal-configuration.js";
import type { CallStripe } from "./stripe-client.js";
import { aboutCustomer } from "./to-provider-error.js";

type CreatePortal = BillingProvider["createPortal"];
type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

export async function createPortal(
  call: CallStripe,
  names: StripeNames,
  { providerCustomerId, returnUrl, flow }: Parameters<CreatePortal>[0],
): ReturnType<CreatePortal> {
  const configuration = await findConfiguration(call, names, providerCustomerId, flow);
  const params = {
    customer: providerCustomerId,
    return_url: returnUrl,
    ...(configuration !== undefined && { configuration }),
    ...(flow !== undefined && { flow_data: toFlowData(flow, returnUrl) }),
  };
  const { url } = await aboutCustomer(call((client) => client.billingPortal.sessions.create(params)));
  return { url };
}

/** `undefined` leaves it to the account's default: the catalog was never pushed. */
async function findConfiguration(
  call: CallStripe,
  names: StripeNames,
  customer: string,
  flow: PortalFlow | undefined,
): Promise<string | undefined> {
  const portals = await listPortals(call);
  const general = names.portalName(generalPortal);
  const fitting = await portalNames(call, names, customer, flow);
  // With plans of several groups, the start page can't know which of them one wants to switch.
  const [only] = fitting.size === 1 ? fitting : [];
  return (portals.get(only ?? general) ?? portals.get(general))?.id;
}

/** The configurations that fit what the customer has, or the one subscription that the flow is about. */
async function portalNames(
  call: CallStripe,
  names: StripeNames,
  customer: string,
  flow: PortalFlow | undefined,
): Promise<ReadonlySet<string>> {
  if (flow?.type === "cancel" || flow?.type === "update_payment_method") return new Set();
  const subscriptions = call((client) => client.subscriptions.list({ customer, limit: 100 }));
  const { data } = await aboutCustomer(subscriptions);
  const meant = flow === undefined ? data : data.filter(({ id }) => id === flow.subscriptionId);
  const fitting = meant.flatMap(({ items, currency }) =>
    items.data.flatMap(({ price }) => {
      const plan = planOfPrice(price, names.app);
      return plan === null ? [] : [names.portalName(groupPortal(plan.group, currency))];
    }),
  );
  return new Set(fitting);
}

function toFlowData(flow: PortalFlow, returnUrl: string): FlowData {
  const after_completion = { type: "redirect", redirect: { return_url: returnUrl } };
  switch (flow.type) {
    case "update_payment_method":
      return { type: "payment_method_update", after_completion };
    case "cancel":
      return {
        type: "subscription_cancel",
        subscription_cancel: { subscription: flow.subscriptionId },
        after_completion,
      };
    case "switch_plan":
      return {
        type: "subscription_update",
        subscription_update: { subscription: flow.subscriptionId },
        after_completion,
      };
  }
}
