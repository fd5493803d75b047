import { findTarget } from "../engine/endpoints/webhook-target.js";
import { find } from "../engine/world/find.js";
import type { Posted } from "../engine/world/outbox.js";
import type { World } from "../engine/world/world.js";
import { attemptErrand } from "./attempt-errand.js";
import { bodyOf, versionOf } from "./body-of.js";
import { countDown } from "./count-down.js";
import { createDeliveryLog } from "./create-delivery-log.js";
import { createGates, type GateCounts } from "./create-gates.js";
import { createQueue } from "./create-queue.js";
import { type Attempt, completeDelivery, type Delivery } from "./delivery.js";
import { completeErrand, createErrand, type Errand } from "./errand.js";
import { findRecipients, type Recipient } from "./find-recipients.js";
import type { Scheduler } from "./scheduler.js";

export type DispatcherOptions = {
  /** The sandbox's own account. */
  platform: () => World;
  /** The world of an account by its id, connected ones included. */
  worldOf: (account: string) => World | undefined;
  /** The sandbox's clock, in milliseconds since 1970; retries and delays run on it. */
  now: () => number;
  scheduler: Scheduler;
  /** Delays between attempts, in milliseconds; after the last one a delivery has failed. */
  retryDelays: readonly number[];
  fetch: typeof fetch;
  /** Called whenever something was sent or given up. */
  onChange: () => void;
  /** Called with the API version of each event that is sent as a snapshot. */
  noteVersion: (version: string) => void;
  /** Called with each attempt that an endpoint did not take; not with those that chaos spoiled. */
  onRefused: (delivery: Delivery, attempt: Attempt) => void;
};

/** Everything about deliveries, as plain data. */
export type DispatcherState = { deliveries: Delivery[]; errands: Errand[]; counts: GateCounts };

export type Dispatcher = {
  /** Starts the delivery of an account's new events to every endpoint that listens to them. */
  dispatch(account: string, posted: readonly Posted[]): void;
  deliveries(): Delivery[];
  /**
   * Resolves when every delivery that is due has been attempted, and all that chaos held back or spoiled was
   * sent; retries after a refusal are not waited for.
   */
  settled(): Promise<void>;
  /** To be called when the clock jumped. */
  wake(): void;
  state(): DispatcherState;
  /** An earlier version may not have kept all of it. */
  restore(state: Partial<DispatcherState>): void;
  /** Aborts what is in progress and forgets all retries and records. */
  clear(): void;
};

const accepted = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300;

/** Hands events to endpoints: one after another per endpoint, with retries on the sandbox's clock, and chaos. */
export const createDispatcher = (options: DispatcherOptions): Dispatcher => {
  const { now, worldOf, platform } = options;
  const log = createDeliveryLog();
  let stop = new AbortController();
  let turn = 0;
  const queue = createQueue({ now, scheduler: options.scheduler, run: (errand) => attempt(errand) });
  const gates = createGates(queue, now);

  const retryLater = (delivery: Delivery, errand: Errand): void => {
    const delay = options.retryDelays[errand.refusals++];
    delivery.retryInMs = delay ?? null;
    if (delay === undefined) {
      delivery.state = "failed";
      return;
    }
    // Counted from when it was due, so that after a long jump all retries are in the past, in their order.
    errand.due += delay;
    queue.wait(errand);
  };

  const goOn = (errand: Errand, after: number): void => {
    errand.steps.shift();
    if (errand.steps.length === 0) return;
    errand.due = now() + after;
    errand.heldFor = after;
    queue.wait(errand);
  };

  const conclude = (delivery: Delivery, errand: Errand, result: Attempt): void => {
    const [step = "whole"] = errand.steps;
    log.attempted(delivery, result);
    if (step === "duplicate") goOn(errand, 0);
    else if (step !== "whole") goOn(errand, errand.fate.resendAfter);
    else if (accepted(result)) {
      delivery.state = "delivered";
      if (!errand.again || !log.hasDelivered(delivery))
        countDown(worldOf(delivery.account), delivery.eventId);
      goOn(errand, errand.fate.duplicateAfter ?? 0);
    } else {
      retryLater(delivery, errand);
      options.onRefused(delivery, result);
    }
  };

  const attempt = async (errand: Errand): Promise<void> => {
    const { signal } = stop;
    const delivery = log.find(errand.delivery);
    const world = worldOf(errand.home);
    if (!delivery || signal.aborted) return;
    delivery.retryInMs = null;
    const target = world && findTarget(world, errand.endpoint);
    if (target?.enabled) {
      const seconds = Math.floor(now() / 1000);
      const result = await attemptErrand(errand, { target, now: seconds, signal, fetch: options.fetch });
      if (signal.aborted) return;
      conclude(delivery, errand, result);
    } else if (delivery.state === "pending") delivery.state = "failed";
    options.onChange();
  };

  const start = (account: string, { target, event, home }: Recipient, again: boolean): void => {
    const { id: eventId, type: eventType } = event;
    const { id: endpointId, payload, hidden } = target;
    const version = versionOf({ event, target });
    if (version !== null) options.noteVersion(version);
    const delivery = log.add({ account, eventId, eventType, endpointId, url: hidden.url, payload });
    const errand = createErrand({
      delivery: delivery.id,
      endpoint: target.id,
      home,
      body: bodyOf({ event, target }, worldOf(account) ?? platform()),
      due: now(),
      turn: ++turn,
      again,
    });
    const world = worldOf(home);
    const chaos =
      find(world?.chaos.at ?? {}, target.id) ?? world?.chaos.everywhere ?? platform().chaos.everywhere;
    if (chaos) gates.admit(errand, chaos);
    else queue.ready(errand);
  };

  return {
    dispatch: (account, posted) => {
      for (const letter of posted) {
        const to = findRecipients(account, letter, { platform: platform(), own: worldOf(account) });
        const { event, only } = letter;
        if (event.object === "event" && only === null)
          event.pending_webhooks = to.filter((sent) => sent.event === event).length;
        for (const sent of to) start(account, sent, only !== null);
      }
    },
    deliveries: () => structuredClone(log.all()),
    settled: queue.settled,
    wake: queue.wake,
    state: () => structuredClone({ deliveries: log.all(), errands: queue.pending(), counts: gates.counts() }),
    restore: ({ deliveries = [], errands = [], counts = {} }) => {
      const { id } = platform().account;
      log.restore(deliveries.map((delivery) => completeDelivery(delivery, id)));
      gates.restore(counts);
      const whole = errands.map((errand) => completeErrand(errand, id));
      turn = Math.max(0, ...whole.map((errand) => errand.turn));
      for (const errand of whole) queue.wait(errand);
    },
    clear: () => {
      stop.abort();
      stop = new AbortController();
      queue.clear();
      gates.clear();
      log.clear();
    },
  };
};
