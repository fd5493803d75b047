import type { Attempt, Delivery } from "../webhooks/delivery.js";
import { blankText } from "./blank-secrets.js";
import { isRefused, type LoggedRequest } from "./logged-request.js";

/** A webhook that an endpoint did not take. */
export type UntakenWebhook = {
  delivery: string;
  event: string;
  type: string;
  url: string;
  /** ISO 8601, of the machine's clock. */
  at: string;
  /** The endpoint's HTTP status, or null if there was no answer. */
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
  /** The beginning of the answer's body, without secrets. */
  body: string;
  /** Milliseconds until the next attempt, counted from the last one; null: none is planned. */
  retryInMs: number | null;
};

/** What went wrong last; null: nothing did. */
export type Problems = {
  /** The newest request that was refused; those of scenarios don't count. */
  request: LoggedRequest | null;
  /** The newest webhook that has not been taken yet; what chaos spoiled on purpose does not count. */
  webhook: UntakenWebhook | null;
};

/** How much of an endpoint's answer is shown, in characters. */
const shown = 300;

const onPurpose = ({ chaos }: Attempt): boolean => chaos !== null && chaos !== "duplicate";

/** What an endpoint answered to an attempt that it did not take. */
export const toUntaken = (delivery: Delivery, attempt: Attempt): UntakenWebhook => ({
  delivery: delivery.id,
  event: delivery.eventId,
  type: delivery.eventType,
  url: blankText(delivery.url),
  at: attempt.at,
  status: attempt.status,
  error: attempt.error,
  body: blankText(attempt.response?.body ?? "")
    .slice(0, shown)
    .trim(),
  retryInMs: delivery.retryInMs,
});

/** The newest webhook that its endpoint has not taken yet. */
export const lastUntaken = (deliveries: readonly Delivery[]): UntakenWebhook | null => {
  let newest: UntakenWebhook | null = null;
  for (const delivery of deliveries) {
    const last = delivery.attempts.at(-1);
    if (!last || delivery.state === "delivered" || onPurpose(last)) continue;
    if (newest === null || last.at >= newest.at) newest = toUntaken(delivery, last);
  }
  return newest;
};

/** The newest request of an app that was refused. */
export const lastRefused = (requests: readonly LoggedRequest[]): LoggedRequest | null =>
  requests.findLast((request) => isRefused(request) && request.by === "app") ?? null;

/** `POST /v1/prices 400 parameter_unknown: Received unknown parameter: colour` */
export const refusedLine = ({ method, path, status, error }: LoggedRequest): string => {
  const code = error?.decline_code ?? error?.code ?? error?.type ?? "";
  return `${method} ${path} ${[status, code].join(" ").trim()}: ${error?.message ?? "no reason given"}`;
};

/** `invoice.paid → http://localhost:3000/hook 500 "No such table"` */
export const untakenLine = ({ type, url, status, error, body }: UntakenWebhook): string => {
  const start = body.replaceAll(/\s+/g, " ").slice(0, 200);
  return `${type} → ${url} ${status ?? `no answer: ${error}`}${start === "" ? "" : ` ${JSON.stringify(start)}`}`;
};
