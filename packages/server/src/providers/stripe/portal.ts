import type { BillingProvider, PortalFlow } from "@tollgate/core";
import type Stripe from "stripe";
import { planOfPrice, portalName } from "./names.js";
import { generalPortal, listPortals } from "./portal-configuration.js";
import type { CallStripe } from "./stripe-client.js";
import { aboutCustomer } from "./to-provider-error.js";

type CreatePortal = BillingProvider["createPortal"];
type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

export async function createPortal(
  call: CallStripe,
  { providerCustomerId, returnUrl, flow }: Parameters<CreatePortal>[0],
): ReturnType<CreatePortal> {
  const configuration = await findConfiguration(call, providerCustomerId, flow);
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
  customer: string,
  flow: PortalFlow | undefined,
): Promise<string | undefined> {
  const portals = await listPortals(call);
  const names = await portalNames(call, customer, flow);
  // With plans of several groups, the start page can't know which of them one wants to switch.
  const [only] = names.size === 1 ? names : [];
  return (portals.get(only ?? generalPortal) ?? portals.get(generalPortal))?.id;
}

/** The configurations that fit what the customer has, or the one subscription that the flow is about. */
async function portalNames(
  call: CallStripe,
  customer: string,
  flow: PortalFlow | undefined,
): Promise<ReadonlySet<string>> {
  if (flow?.type === "cancel" || flow?.type === "update_payment_method") return new Set();
  const subscriptions = call((client) => client.subscriptions.list({ customer, limit: 100 }));
  const { data } = await aboutCustomer(subscriptions);
  const meant = flow === undefined ? data : data.filter(({ id }) => id === flow.subscriptionId);
  const names = meant.flatMap(({ items, currency }) =>
    items.data.flatMap(({ price }) => {
      const plan = planOfPrice(price);
      return plan === null ? [] : [portalName(plan.group, currency)];
    }),
  );
  return new Set(names);
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
