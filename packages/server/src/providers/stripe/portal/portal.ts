import type { Catalog, PortalFlow, ProviderPortal } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { aboutCustomer } from "../client/to-provider-error.js";
import type { StripeNames } from "../language/names.js";
import { choosePortal } from "./choose-portal.js";

type CreatePortal = ProviderPortal["open"];
type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

export async function createPortal(
  call: CallStripe,
  names: StripeNames,
  { providerCustomerId, returnUrl, flow }: Parameters<CreatePortal>[0],
  catalog: Catalog,
): ReturnType<CreatePortal> {
  const meant = await listMeant(call, providerCustomerId, flow);
  const configuration = await choosePortal(call, { names, catalog, meant, flow });
  // While a change waits, Stripe lets it be undone only on the start page; a flow would refuse, or put a second change
  // behind the first (https://docs.stripe.com/customer-management#customer-portal-limitations).
  const waits = flow !== undefined && meant.some(({ schedule }) => schedule !== null);
  // The language (`locale`) is left to the browser, `auto`.
  const params = {
    customer: providerCustomerId,
    return_url: returnUrl,
    ...(configuration !== undefined && { configuration }),
    ...(flow !== undefined && !waits && { flow_data: toFlowData(flow, returnUrl) }),
  };
  const { url } = await aboutCustomer(call((client) => client.billingPortal.sessions.create(params)));
  return { url };
}

/** What the portal is about: the flow's subscription, or all that the customer has; nothing for a card. */
async function listMeant(
  call: CallStripe,
  customer: string,
  flow: PortalFlow | undefined,
): Promise<readonly Stripe.Subscription[]> {
  if (flow?.type === "update_payment_method") return [];
  // Without a `status`, Stripe leaves out those that were canceled.
  const subscriptions = call((client) => client.subscriptions.list({ customer, limit: 100 }));
  const { data } = await aboutCustomer(subscriptions);
  return data.filter(({ id, status }) =>
    flow === undefined ? !status.startsWith("incomplete") : id === flow.subscriptionId,
  );
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
