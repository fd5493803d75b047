import { BillingError } from "@tollgate/core";
import type { Handler } from "../http/define-handler.js";
import { readBytes } from "../http/read-body.js";
import { respond } from "../http/respond.js";
import { observeEvent } from "../telemetry/observe-event.js";
import { applyEvent } from "./apply-event.js";

const bodyLimit = 1024 * 1024;

/**
 * POST /webhook/:provider: the provider's events, admitted by signature. Answers 200 only when the event
 * is dealt with for good; whatever fails rises as a 5xx, so that the provider sends it again.
 */
export const receiveWebhook: Handler = async (request, { context, params }) => {
  const { provider } = context;
  if (params.provider !== provider.id) throw new BillingError("not_found", "There is no such provider here.");
  const { headers } = request;
  // A stranger's body is not even read.
  provider.verifyHeaders({ headers, now: new Date() });
  const body = await readBytes(request, bodyLimit);
  // By the machine's clock, as the provider signs it; the app's clock may be a sandbox's that was moved.
  const event = await provider.receiveEvent({ body, headers, now: new Date() });
  if (event !== null) {
    const state = await observeEvent(context, event, () => applyEvent(context, event));
    context.logger.info({ eventId: event.id, type: event.type, state }, "Webhook received");
  }
  return respond({ received: true });
};
