import type { ApiOptions } from "../api/http/create-api.js";
import type { AnswerStore } from "../api/http/idempotency.js";
import { createRateLimit } from "../api/http/rate-limit.js";
import { createDoors } from "../doors/create-doors.js";
import type { Handler } from "../doors/handler.js";
import type { StripeEvent } from "../engine/world/wire.js";
import { createRequestLog } from "../requests/create-request-log.js";
import { lastRefused, lastUntaken, refusedLine, toUntaken, untakenLine } from "../requests/problems.js";
import { apiVersion } from "../rooms/api-version.js";
import { createAccounts } from "../rooms/create-accounts.js";
import type { MovableRoom } from "../rooms/create-room.js";
import { createSite } from "../site/create-site.js";
import { inVersion } from "../versions/in-version.js";
import { isVersion } from "../versions/version.js";
import { createDispatcher } from "../webhooks/create-dispatcher.js";
import { retryDelaysOf } from "../webhooks/retry-delays.js";
import { timers } from "../webhooks/scheduler.js";
import { addTarget, configure, switchChaos } from "./configure.js";
import { createPlayer } from "./create-player.js";
import { paySession } from "./pay-session.js";
import type { Sandbox } from "./sandbox.js";
import type { SandboxOptions } from "./sandbox-options.js";
import { formatVersion, type KeptState, type SandboxState } from "./sandbox-state.js";

/** Copies of events, in the form of the account's API version. */
const copiesOf = (events: readonly StripeEvent[], room: MovableRoom): StripeEvent[] => {
  const copies = structuredClone([...events]);
  inVersion(room.apiVersion, room.world)(copies);
  return copies;
};

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
  return { ...createSandboxAt(() => baseUrl, options).sandbox, url: baseUrl };
};

/** A sandbox before it has its address, which a server learns only once it listens. */
export type Unplaced = {
  sandbox: Omit<Sandbox, "url">;
  /** Plays what is due by now, though nobody asks. */
  playDue(): void;
  /** Puts what is served alongside the sandbox behind the door that knows its names. */
  behindHostDoor(next: Handler): Handler;
  /** Everything there is, as plain data; shared with the sandbox, so write it down at once. */
  state(): SandboxState;
  /** Continues from what was written down. */
  restore(state: KeptState): void;
  /** Does something that no endpoint hears of. */
  quietly(work: () => Promise<void>): Promise<void>;
  /** From now on `reset` comes back to the present state. */
  keepAsStart(): void;
};

/**
 * The sandbox behind `createSandbox` and `startSandbox`; `onChange` is called whenever the state may have
 * changed.
 */
export const createSandboxAt = (
  baseUrl: () => string,
  options: SandboxOptions,
  onChange: () => void = () => undefined,
): Unplaced => {
  const secretKey = options.secretKey ?? "sk_test_tollgate";
  const publishableKey = options.publishableKey ?? "pk_test_tollgate";
  const webhookSecret = options.webhookSecret ?? "whsec_tollgate";
  const clock = options.clock ?? (() => new Date());
  const log = options.log ?? ((line: string) => console.warn(line));
  const doors = createDoors(baseUrl, options.allowedHosts ?? [], log);
  const answers: AnswerStore = new Map();
  const tell = options.onProblem ?? (() => undefined);
  const requests = createRequestLog((request) => {
    if (!quiet) tell(refusedLine(request));
  });
  let quiet = false;
  let start: string | null = null;
  const accountVersion = options.apiVersion ?? apiVersion;
  if (!isVersion(accountVersion))
    throw new RangeError(`apiVersion must look like ${apiVersion}, not ${accountVersion}.`);
  const accounts = createAccounts({
    apiVersion: accountVersion,
    baseUrl,
    secretKey,
    publishableKey,
    seed: options.seed ?? randomSeed(),
    log,
    settings: options.settings ?? {},
    clock,
    startAt: options.startAt ?? null,
    onPosted: (account, posted) => {
      if (!quiet) dispatcher.dispatch(account, posted);
    },
    onChange,
    deliveries: () => dispatcher.deliveries(),
    requests: () => requests.all(),
    advance: (to, account) => advance(to, account),
    play: (room, name, given) => player(room, name, given),
  });
  const { platform } = accounts;
  const dispatcher = createDispatcher({
    platform: () => platform.world,
    worldOf: (account) => accounts.find(account)?.world,
    now: () => platform.now().getTime(),
    scheduler: options.scheduler ?? timers,
    retryDelays: retryDelaysOf(options.retryDelays),
    fetch: options.fetch ?? ((...input) => fetch(...input)),
    onChange,
    onRefused: (delivery, attempt) => tell(untakenLine(toUntaken(delivery, attempt))),
  });
  const apiOptions: ApiOptions = {
    answers,
    rateLimit: createRateLimit(options.rateLimit, clock),
    expiredKeys: options.expiredKeys ?? [],
    isForeign: doors.isForeign,
    openEntry: requests.opener("app"),
  };
  const site = createSite(platform, accounts.all, apiOptions);
  const player = createPlayer(platform, { ...apiOptions, openEntry: requests.opener("scenario") });

  const roomOf = (account: string | undefined): MovableRoom => {
    const room = account === undefined ? platform : accounts.find(account);
    if (!room) throw new RangeError(`This sandbox has no account ${account}.`);
    return room;
  };
  const advance = (to: Date, account?: string): void => {
    const room = roomOf(account);
    if (to < room.now()) throw new RangeError("The sandbox's clock only moves forward.");
    const along = account === undefined ? accounts.all().filter((other) => other.now() <= to) : [room];
    for (const each of along) each.moveTo(to);
    dispatcher.wake();
  };

  configure(platform, options);
  const begin = (state: KeptState | null): void => {
    dispatcher.clear();
    answers.clear();
    requests.clear();
    accounts.reset(state?.accounts);
    for (const [name, answer] of state?.answers ?? []) answers.set(name, answer);
    if (state?.dispatcher) dispatcher.restore(state.dispatcher);
    configure(platform, options);
  };
  const state = (): SandboxState => ({
    format: formatVersion,
    apiVersion,
    accounts: accounts.state(),
    answers: [...answers],
    dispatcher: dispatcher.state(),
    start,
  });

  const keepAsStart = (): void => {
    start = null;
    start = JSON.stringify(state());
  };

  return {
    sandbox: {
      secretKey,
      publishableKey,
      webhookSecret,
      fetch: doors.behindHost(doors.behindPages(async (request) => site.fetch(request))),
      now: (account) => roomOf(account).now(),
      advance,
      events: (account) => {
        const room = roomOf(account);
        return copiesOf(room.world.events, room);
      },
      deliveries: dispatcher.deliveries,
      requests: () => structuredClone(requests.all()),
      problems: () => ({
        request: structuredClone(lastRefused(requests.all())),
        webhook: lastUntaken(dispatcher.deliveries()),
      }),
      settled: dispatcher.settled,
      forwardTo: (url, secret) => addTarget(platform, { url, ...(secret ? { secret } : {}) }, options),
      chaos: (settings, endpoint) => switchChaos(platform, settings, endpoint, options),
      pay: async (session, card, options = {}) =>
        paySession(
          accounts.all(),
          session,
          typeof card === "string" ? { ...options, card } : { ...options, ...card },
        ),
      play: async (name, given = {}) => {
        const room = roomOf(given.account);
        const played = await player(room, name, given);
        return { ...played, events: copiesOf(played.events, room) };
      },
      keepAsStart,
      reset: () => {
        begin(start === null ? null : (JSON.parse(start) as KeptState));
        onChange();
      },
      close: async () => dispatcher.clear(),
    },
    playDue: () => {
      for (const room of accounts.all()) room.mutate(() => undefined);
      dispatcher.wake();
    },
    behindHostDoor: doors.behindHost,
    state,
    restore: (saved) => {
      start = saved.start ?? null;
      begin(saved);
    },
    quietly: async (work) => {
      quiet = true;
      await work().finally(() => {
        quiet = false;
        requests.clear();
      });
    },
    keepAsStart,
  };
};
