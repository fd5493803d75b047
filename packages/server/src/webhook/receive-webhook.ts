import { BillingError, type BillingEvent, type BillingProvider, type Clock } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { Providers } from "../context/providers.js";
import type { WebhookWatch, WebhookWatches } from "../health/webhook-watch.js";
import { readBytes } from "../http/read-body.js";
import { respond } from "../http/respond.js";
import type { Logger } from "../log/logger.js";
import { applyEvent } from "../sync/apply-event.js";
import { observeEvent } from "../telemetry/observe-event.js";
import type { Telemetry } from "../telemetry/telemetry.js";

const bodyLimit = 1024 * 1024;

/** What is needed before the store is opened: a delivery that is not the provider's doesn't open it. */
export interface WebhookParts {
  readonly basePath: string;
  readonly providers: Pick<Providers, "ids" | "find">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  /** What became of the deliveries to our webhook. */
  readonly webhooks: Pick<WebhookWatches, "of">;
  readonly open: () => Promise<BillingContext>;
}

/**
 * POST /webhook/:provider: the provider's events, admitted by signature. Answers 200 only when the event is dealt with
 * for good; any failure becomes a 5xx, so that the provider sends it again.
 */
export async function receiveWebhook(
  request: Request,
  { parts, params }: { readonly parts: WebhookParts; readonly params: Readonly<Record<string, string>> },
): Promise<Response> {
  const { providers, basePath } = parts;
  const provider = providers.find(params.provider ?? "");
  if (provider === null) {
    const paths = providers.ids.map((id) => `${basePath}/webhook/${id}`);
    const message = `There is no such provider here: events come to ${paths.join(" or ")}.`;
    throw new BillingError("not_found", message);
  }
  // If one fails, it is sent again with the others, which are known by then.
  for (const event of await admit(request, provider, parts.webhooks.of(provider.id))) {
    const state = await observeEvent(parts, event, async () => applyEvent(await parts.open(), event));
    parts.logger.info(
      { provider: provider.id, eventId: event.id, type: event.type, state },
      "Webhook received",
    );
  }
  return respond({ received: true });
}

/**
 * Lets through what the provider signed; what it did not sign is counted, because a wrong secret would otherwise go
 * unnoticed.
 */
async function admit(
  request: Request,
  provider: BillingProvider,
  webhook: Pick<WebhookWatch, "accepted" | "refused">,
): Promise<readonly BillingEvent[]> {
  const { headers } = request;
  try {
    // A stranger's body is not even read.
    provider.events.verifyHeaders({ headers, now: new Date() });
    const body = await readBytes(request, bodyLimit);
    // By the machine's clock, since the provider signs by real time; the app's clock may be a sandbox's that was moved.
    const events = await provider.events.receive({ body, headers, now: new Date() });
    webhook.accepted();
    return events;
  } catch (error) {
    webhook.refused(error);
    throw error;
  }
}
