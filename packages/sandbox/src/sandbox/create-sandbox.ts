import type { Handler } from "../doors/handler.js";
import type { StripeEvent } from "../engine/world/wire.js";
import { lastRefused, lastUntaken } from "../requests/problems.js";
import { apiVersion } from "../rooms/api-version.js";
import type { MovableRoom } from "../rooms/create-room.js";
import { inVersion } from "../versions/in-version.js";
import { knowsEvent } from "../versions/known-in.js";
import { addTarget, configure, switchChaos } from "./configure.js";
import { createParts } from "./create-parts.js";
import { paySession } from "./pay-session.js";
import type { Sandbox } from "./sandbox.js";
import type { SandboxOptions } from "./sandbox-options.js";
import { formatVersion, type KeptState, type SandboxState } from "./sandbox-state.js";

/** Copies of events, in the form of the account's API version. */
const copiesOf = (events: readonly StripeEvent[], room: MovableRoom): StripeEvent[] => {
  const copies = structuredClone(events.filter(({ type }) => knowsEvent(room.apiVersion, type)));
  inVersion(room.apiVersion, room.world)(copies);
  return copies;
};

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
  const parts = createParts(baseUrl, options, onChange);
  const { keys, doors, answers, requests, accounts, dispatcher, roomOf } = parts;
  const { platform } = accounts;
  let start: string | null = null;

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
      ...keys,
      fetch: doors.behindHost(doors.behindPages(async (request) => parts.site.fetch(request))),
      now: (account) => roomOf(account).now(),
      advance: parts.advance,
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
        const played = await parts.player(room, name, given);
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
    quietly: parts.quietly,
    keepAsStart,
  };
};
