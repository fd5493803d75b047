import { endpointsFor } from "../engine/emit.js";
import { find } from "../engine/find.js";
import type { StripeEvent } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import type { Delivery } from "./delivery.js";
import { createLanes } from "./lanes.js";
import { post } from "./post.js";
import type { Scheduler } from "./scheduler.js";

export type DispatcherOptions = {
  world: () => World;
  scheduler: Scheduler;
  /** Delays between attempts, in milliseconds; after the last one a delivery has failed. */
  retryDelays: readonly number[];
  fetch: typeof fetch;
};

export type Dispatcher = {
  /** Starts the delivery of new events to every endpoint that listens to them. */
  dispatch(events: readonly StripeEvent[]): void;
  deliveries(): Delivery[];
  /** Resolves when every delivery that is due has been attempted; later retries are not waited for. */
  settled(): Promise<void>;
  /** Aborts what is under way and forgets all retries and records. */
  clear(): void;
};

/** Hands events to endpoints: the first attempts one after another per endpoint, retries with back-off. */
export const createDispatcher = (options: DispatcherOptions): Dispatcher => {
  let records: Delivery[] = [];
  let stop = new AbortController();
  const retries = new Set<() => void>();
  const lanes = createLanes();

  const retryLater = (delivery: Delivery, event: StripeEvent): void => {
    const delay = options.retryDelays[delivery.attempts.length - 1];
    delivery.retryInMs = delay ?? null;
    if (delay === undefined) {
      delivery.state = "failed";
      return;
    }
    const cancel = options.scheduler.after(delay, () => {
      retries.delete(cancel);
      lanes.add(delivery.endpointId, () => attempt(delivery, event));
    });
    retries.add(cancel);
  };

  const attempt = async (delivery: Delivery, event: StripeEvent): Promise<void> => {
    const { signal } = stop;
    const endpoint = find(options.world().webhookEndpoints, delivery.endpointId);
    const secret = find(options.world().hidden.endpoints, delivery.endpointId)?.secrets[0]?.secret;
    delivery.retryInMs = null;
    if (signal.aborted) return;
    if (endpoint?.status !== "enabled" || secret === undefined) {
      delivery.state = "failed";
      return;
    }
    const body = JSON.stringify(
      { ...event, api_version: endpoint.api_version ?? event.api_version },
      null,
      2,
    );
    const result = await post({ url: delivery.url, body, secret, signal, fetch: options.fetch });
    if (signal.aborted) return;
    delivery.attempts.push(result);
    if (result.status !== null && result.status >= 200 && result.status < 300) delivery.state = "delivered";
    else retryLater(delivery, event);
  };

  const start = (event: StripeEvent, endpointId: string): void => {
    const url = find(options.world().webhookEndpoints, endpointId)?.url;
    if (url === undefined) return;
    const delivery: Delivery = {
      eventId: event.id,
      eventType: event.type,
      endpointId,
      url,
      state: "pending",
      attempts: [],
      retryInMs: null,
    };
    records.push(delivery);
    lanes.add(endpointId, () => attempt(delivery, event));
  };

  return {
    dispatch: (events) => {
      for (const event of events)
        for (const endpoint of endpointsFor(options.world(), event.type)) start(event, endpoint);
    },
    deliveries: () => structuredClone(records),
    settled: () => lanes.idle(),
    clear: () => {
      stop.abort();
      stop = new AbortController();
      for (const cancel of retries) cancel();
      retries.clear();
      records = [];
    },
  };
};
