import { BillingError, type BillingEvent } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { Handler } from "../http/define-handler.js";
import { readBytes } from "../http/read-body.js";
import { respond } from "../http/respond.js";
import { applyEvent } from "../sync/apply-event.js";
import { observeEvent } from "../telemetry/observe-event.js";

const bodyLimit = 1024 * 1024;

/**
 * POST /webhook/:provider: the provider's events, admitted by signature. Answers 200 only when the event
 * is dealt with for good; whatever fails rises as a 5xx, so that the provider sends it again.
 */
export const receiveWebhook: Handler = async (request, { context, params }) => {
  const { provider, basePath } = context;
  if (params.provider !== provider.id) {
    const message = `There is no such provider here: events come to ${basePath}/webhook/${provider.id}.`;
    throw new BillingError("not_found", message);
  }
  const event = await admit(request, context);
  if (event !== null) {
    const state = await observeEvent(context, event, () => applyEvent(context, event));
    context.logger.info({ eventId: event.id, type: event.type, state }, "Webhook received");
  }
  return respond({ received: true });
};

/** What was signed by the provider; what was not is counted, because a wrong secret is silent otherwise. */
async function admit(request: Request, { provider, webhooks }: BillingContext): Promise<BillingEvent | null> {
  const { headers } = request;
  try {
    // A stranger's body is not even read.
    provider.verifyHeaders({ headers, now: new Date() });
    const body = await readBytes(request, bodyLimit);
    // By the machine's clock, as the provider signs it; the app's clock may be a sandbox's that was moved.
    const event = await provider.receiveEvent({ body, headers, now: new Date() });
    webhooks.accepted();
    return event;
  } catch (error) {
    webhooks.refused(error);
    throw error;
  }
}
