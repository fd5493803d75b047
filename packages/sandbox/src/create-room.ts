import { apiVersion } from "./api-version.js";
import { createAccount } from "./engine/account.js";
import { advance } from "./engine/advance.js";
import type { Context } from "./engine/context.js";
import { seededIds } from "./engine/ids.js";
import { createWorld } from "./engine/world.js";
import type { SandboxRoom } from "./sandbox.js";

export type RoomOptions = {
  baseUrl: () => string;
  secretKey: string;
  publishableKey: string;
  seed: string;
  /** The clock that runs underneath; `moveTo` shifts it. */
  clock: () => Date;
  log: (line: string) => void;
  /** Told of the world's log whenever something was appended, with the position of the first new event. */
  onEvents: (firstNew: number) => void;
};

/** A room whose clock can be moved and whose world can be thrown away. */
export type MovableRoom = SandboxRoom & {
  /** Plays everything that falls due until then; the clock goes on from there. */
  moveTo(time: Date): void;
  reset(): void;
};

/** One world with its clock and ids, and the only way to change it. */
export const createRoom = (options: RoomOptions): MovableRoom => {
  const { secretKey, publishableKey } = options;
  let shift = 0;
  const now = (): Date => new Date(options.clock().getTime() + shift);
  const begin = () => ({
    world: createWorld(createAccount(Math.floor(now().getTime() / 1000))),
    ids: seededIds(options.seed),
    requests: seededIds(`${options.seed} requests`),
  });
  let state = begin();

  const context = (request: Context["request"]): Context => ({
    now: now(),
    ids: state.ids,
    apiVersion,
    baseUrl: options.baseUrl(),
    request,
  });

  const change = <T>(action: (ctx: Context) => T, request: Context["request"]): T => {
    const firstNew = state.world.events.length;
    try {
      return action(context(request));
    } finally {
      if (state.world.events.length > firstNew) options.onEvents(firstNew);
    }
  };

  const none = { id: null, idempotency_key: null };
  return {
    secretKey,
    publishableKey,
    apiVersion,
    now,
    get world() {
      return state.world;
    },
    get ids() {
      return state.ids;
    },
    requestId: () => `req_${state.requests.secret(14)}`,
    log: options.log,
    mutate: (action, request = none) =>
      change((ctx) => {
        // Time passes between requests: what fell due meanwhile happens first.
        advance(state.world, ctx, ctx.now);
        return action(state.world, ctx);
      }, request),
    moveTo: (time) => {
      change((ctx) => advance(state.world, ctx, time), none);
      shift = time.getTime() - options.clock().getTime();
    },
    reset: () => {
      shift = 0;
      state = begin();
    },
  };
};
