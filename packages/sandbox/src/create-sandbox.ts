import type { AnswerStore } from "./api/idempotency.js";
import { createRoom } from "./create-room.js";
import { createSite } from "./create-site.js";
import { createWebhookEndpoint } from "./engine/webhook-endpoint.js";
import type { StripeEvent } from "./engine/wire.js";
import { createDispatcher } from "./webhooks/create-dispatcher.js";
import type { Delivery } from "./webhooks/delivery.js";
import { type Scheduler, timers } from "./webhooks/scheduler.js";

/** An address that gets every event, signed. */
export type WebhookTarget = {
  url: string;
  /** @default the sandbox's `webhookSecret` */
  secret?: string;
};

export type SandboxOptions = {
  /** Where the hosted pages live, as browsers reach them. @default "http://localhost:12111" */
  baseUrl?: string;
  webhooks?: readonly WebhookTarget[];
  /** @default "sk_test_tollgate" */
  secretKey?: string;
  /** @default "pk_test_tollgate" */
  publishableKey?: string;
  /** @default "whsec_tollgate" */
  webhookSecret?: string;
  /** The clock underneath; `advance` shifts it. @default the machine's */
  clock?: () => Date;
  /** The same seed and the same calls give the same ids. @default a random one */
  seed?: string;
  /** Milliseconds between the attempts to deliver an event. @default 1 s, 5 s, 30 s, 2 min, 10 min, 1 h */
  retryDelays?: readonly number[];
  /** Who runs the retries. @default the machine's timers */
  scheduler?: Scheduler;
  /** Told, once for each endpoint, of parameters that are accepted and have no effect. @default `console.warn` */
  log?: (line: string) => void;
  /** What webhooks are sent with. @default the platform's `fetch` */
  fetch?: typeof fetch;
};

/** A local Stripe account. */
export type Sandbox = {
  /** The base of the API and of the hosted pages, without a slash at the end. */
  readonly url: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Answers a request to the API or to a hosted page. */
  fetch(request: Request): Promise<Response>;
  /** The sandbox's present time. */
  now(): Date;
  /**
   * Moves the clock forward; everything that falls due until then happens, in order: renewals, trial ends,
   * scheduled cancels, expiries. The clock runs on from there.
   *
   * @throws RangeError if the time lies in the past of the sandbox.
   */
  advance(to: Date): void;
  /** The event log, oldest first (a copy). */
  events(): StripeEvent[];
  /** Every delivery of an event to an endpoint, with its attempts (a copy). */
  deliveries(): Delivery[];
  /** Resolves when every delivery that is due has been attempted; retries that lie ahead are not waited for. */
  settled(): Promise<void>;
  /** Sends all events from now on to this address too. */
  forwardTo(url: string, secret?: string): void;
  /** Forgets everything but the keys and the configured webhooks, and sets the clock back. */
  reset(): void;
  /** Calls off all deliveries. */
  close(): Promise<void>;
};

const seconds = 1000;
const defaultDelays = [1, 5, 30, 120, 600, 3600].map((delay) => delay * seconds);

const randomSeed = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");

/**
 * A sandbox without a server: give it requests, it answers. Runs in Node and in a browser page.
 *
 * @example
 * const sandbox = createSandbox();
 * const response = await sandbox.fetch(
 *   new Request(`${sandbox.url}/v1/customers`, { headers: { authorization: `Bearer ${sandbox.secretKey}` } }),
 * );
 */
export const createSandbox = (options: SandboxOptions = {}): Sandbox => {
  const baseUrl = options.baseUrl ?? "http://localhost:12111";
  const { playDue: _internal, ...sandbox } = createSandboxAt(() => baseUrl, options);
  return { ...sandbox, url: baseUrl };
};

/** Without its address, which a server learns only once it listens. */
type Unplaced = Omit<Sandbox, "url"> & {
  /** Lets what fell due by now happen, though nobody asks. */
  playDue(): void;
};

/** The sandbox behind `createSandbox` and `startSandbox`. */
export const createSandboxAt = (baseUrl: () => string, options: SandboxOptions): Unplaced => {
  const secretKey = options.secretKey ?? "sk_test_tollgate";
  const publishableKey = options.publishableKey ?? "pk_test_tollgate";
  const webhookSecret = options.webhookSecret ?? "whsec_tollgate";
  const answers: AnswerStore = new Map();
  const room = createRoom({
    baseUrl,
    secretKey,
    publishableKey,
    seed: options.seed ?? randomSeed(),
    log: options.log ?? ((line) => console.warn(line)),
    clock: options.clock ?? (() => new Date()),
    onEvents: (firstNew) => dispatcher.dispatch(room.world.events.slice(firstNew)),
  });
  const dispatcher = createDispatcher({
    world: () => room.world,
    scheduler: options.scheduler ?? timers,
    retryDelays: options.retryDelays ?? defaultDelays,
    fetch: options.fetch ?? ((...input) => fetch(...input)),
  });
  const site = createSite(room, answers);
  const forwardTo = (url: string, secret = webhookSecret): void => {
    room.mutate((world, ctx) => createWebhookEndpoint(world, ctx, { url, secret, enabled_events: ["*"] }));
  };
  const configure = (): void => {
    for (const { url, secret } of options.webhooks ?? []) forwardTo(url, secret);
  };
  configure();
  return {
    secretKey,
    publishableKey,
    webhookSecret,
    fetch: async (request) => site.fetch(request),
    now: room.now,
    advance: (to) => {
      if (to < room.now()) throw new RangeError("The sandbox's clock only moves forward.");
      room.moveTo(to);
    },
    events: () => structuredClone(room.world.events),
    deliveries: dispatcher.deliveries,
    settled: dispatcher.settled,
    forwardTo,
    reset: () => {
      dispatcher.clear();
      answers.clear();
      room.reset();
      configure();
    },
    playDue: () => room.mutate(() => undefined),
    close: async () => dispatcher.clear(),
  };
};
