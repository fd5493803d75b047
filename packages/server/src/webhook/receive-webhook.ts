import { BillingError, type BillingEvent, type BillingProvider, type Clock } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { Providers } from "../context/providers.js";
import type { WebhookWatches } from "../health/webhook-watch.js";
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
  readonly providers: Pick<Providers, "all" | "ids" | "find">;
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
  for (const event of await admit(request, provider, parts)) {
    const state = await observeEvent(parts, event, async () => applyEvent(await parts.open(), event));
    parts.logger.info(
      { provider: event.provider, eventId: event.id, type: event.type, state },
      "Webhook received",
    );
  }
  return respond({ received: true });
}

/**
 * Lets through what the provider signed; what it did not sign is counted, because a wrong secret would otherwise go
 * unnoticed. A delivery about another provider's account is that one's, and verified with its secret: a platform's
 * endpoint and the one for its connected accounts may send to one address.
 */
async function admit(
  request: Request,
  addressed: BillingProvider,
  { providers, webhooks }: Pick<WebhookParts, "providers" | "webhooks">,
): Promise<readonly BillingEvent[]> {
  const { headers } = request;
  let provider = addressed;
  try {
    // A stranger's body is not even read.
    addressed.events.verifyHeaders({ headers, now: new Date() });
    const body = await readBytes(request, bodyLimit);
    provider = providers.all.find(({ events }) => events.isAbout?.(body)) ?? addressed;
    // By the machine's clock, since the provider signs by real time; the app's clock may be a sandbox's that was moved.
    const events = await provider.events.receive({ body, headers, now: new Date() });
    webhooks.of(provider.id).accepted();
    return events;
  } catch (error) {
    webhooks.of(provider.id).refused(error);
    throw error;
  }
}
