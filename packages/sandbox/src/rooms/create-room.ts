import { advance } from "../engine/clocks/advance.js";
import { entitleSince } from "../engine/subscriptions/terms/entitle.js";
import type { Context } from "../engine/world/context.js";
import { forgetOldEvents } from "../engine/world/event-retention.js";
import { seededIds } from "../engine/world/ids.js";
import { type Letter, takeLetters } from "../engine/world/letters.js";
import { type Posted, takePosted } from "../engine/world/outbox.js";
import { createSettings, type SettingsChoice } from "../engine/world/settings.js";
import { withPlainTables } from "../engine/world/table.js";
import type { Account } from "../engine/world/wire.js";
import { createWorld, type World } from "../engine/world/world.js";
import type { LoggedRequest } from "../requests/logged-request.js";
import type { Played, PlayOptions } from "../scenarios/played.js";
import type { ScenarioName } from "../scenarios/scenarios.js";
import type { Delivery } from "../webhooks/delivery.js";
import { completeWorld, type GoneTables, goneTables } from "./complete-world.js";
import type { SandboxRoom } from "./sandbox-room.js";

export type RoomOptions = {
  /** The account's API version. */
  apiVersion: string;
  /** The account of a new world, created at the given second. */
  account: (created: number) => Account;
  /** Whether it is connected to the sandbox's own account. */
  connected: boolean;
  baseUrl: () => string;
  secretKey: string;
  publishableKey: string;
  seed: string;
  /** The clock that runs underneath; `moveTo` shifts it. */
  clock: () => Date;
  /** The time at which a new world begins; null: the clock's. */
  startAt: Date | null;
  log: (line: string) => void;
  settings: SettingsChoice;
  /** Called with what happened, in order, as soon as an action has ended. */
  onPosted: (account: string, posted: Posted[]) => void;
  /** Called with what is to happen in other accounts, as soon as an action has ended. */
  onLetters: (letters: Letter[]) => void;
  /** Called after every action. */
  onChange: () => void;
  /** What was sent to endpoints, of all accounts (a copy). */
  deliveries: () => Delivery[];
  /** What was asked of the API, of all accounts. */
  requests: () => LoggedRequest[];
  /** Moves one account's clock, or everybody's. */
  advance: (to: Date, account: string | undefined) => void;
  /** Plays a scenario in a room. */
  play: <Name extends ScenarioName>(
    room: SandboxRoom,
    name: Name,
    options: PlayOptions,
  ) => Promise<Played<Name>>;
  /** The room of another account. */
  inAccount: SandboxRoom["inAccount"];
};

/** A room as plain data. */
export type RoomState = {
  world: World;
  /** Where deleted rows were, for cursors that name them. */
  gone: GoneTables;
  ids: number;
  requests: number;
  /** How far the clock is ahead of the one underneath, in milliseconds. */
  shift: number;
};

/** A room as an earlier version kept it, which may not have had everything yet. */
export type KeptRoom = Partial<Omit<RoomState, "world">> & { world?: Partial<World> };

/** A room whose clock can be moved and whose world can be thrown away. */
export type MovableRoom = SandboxRoom & {
  /** Does what another account's action asks for here. */
  receive(letter: Letter): void;
  /** Plays everything that falls due until then; the clock runs on from there. */
  moveTo(time: Date): void;
  /** Throws the world away and begins again, from a state that was kept if there is one. */
  reset(kept?: KeptRoom): void;
  /** Shared with the room: copy it to keep it. */
  state(): RoomState;
};

const day = 86_400_000;
const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000);
const none = { id: null, idempotency_key: null };

/** One world with its clock and ids, and the only way to change it. */
export const createRoom = (options: RoomOptions): MovableRoom => {
  const { apiVersion, secretKey, publishableKey, seed, log, inAccount } = options;
  let shift = 0;
  const now = (): Date => new Date(options.clock().getTime() + shift);

  const begin = (kept?: KeptRoom) => {
    shift = kept?.shift ?? (options.startAt ? options.startAt.getTime() - options.clock().getTime() : 0);
    const fresh = createWorld(options.account(secondsOf(now())), createSettings(options.settings));
    const world = kept?.world ? completeWorld(kept.world, fresh, kept.gone) : fresh;
    world.connected = options.connected;
    return {
      world,
      ids: seededIds(seed, kept?.ids),
      requests: seededIds(`${seed} requests`, kept?.requests),
    };
  };
  let room = begin();

  const context = (request: Context["request"], at = now()): Context => ({
    now: at,
    ids: room.ids,
    apiVersion,
    baseUrl: options.baseUrl(),
    request,
  });

  /** Ends an action; `at` is the time then. */
  const deliver = (at: Date): void => {
    const posted = takePosted(room.world);
    if (posted.length > 0) options.onPosted(room.world.account.id, posted);
    const letters = takeLetters(room.world);
    if (letters.length > 0) options.onLetters(letters);
    forgetOldEvents(room.world, secondsOf(at));
    options.onChange();
  };

  const self: MovableRoom = {
    secretKey,
    publishableKey,
    apiVersion,
    now,
    log,
    inAccount,
    play: (name, given) => options.play(self, name, given),
    get world() {
      return room.world;
    },
    get ids() {
      return room.ids;
    },
    deliveries: () =>
      options.deliveries().filter(({ account }) => !options.connected || account === room.world.account.id),
    requests: () =>
      options.requests().filter(({ account }) => !options.connected || account === room.world.account.id),
    advance: (to) => options.advance(to, options.connected ? room.world.account.id : undefined),
    requestId: () => `req_${room.requests.secret(14)}`,
    mutate: (action, request = none) => {
      const ctx = context(request);
      try {
        // Time passes between requests: what fell due meanwhile happens first.
        advance(room.world, ctx, ctx.now);
        const told = room.world.events.length;
        const answer = action(room.world, ctx);
        entitleSince(room.world, ctx, told);
        return answer;
      } finally {
        deliver(ctx.now);
      }
    },
    receive: ({ run, at }) => {
      run(room.world, context(none, at));
      deliver(at);
    },
    moveTo: (time) => {
      let until = now();
      // Day by day, so that events are handed over and forgotten on the way.
      do {
        until = new Date(Math.min(until.getTime() + day, time.getTime()));
        try {
          advance(room.world, context(none), until);
          shift = until.getTime() - options.clock().getTime();
        } finally {
          deliver(until);
        }
      } while (until < time);
    },
    reset: (kept) => {
      room = begin(kept);
    },
    state: () => ({
      world: withPlainTables(room.world),
      gone: goneTables(room.world),
      ids: room.ids.position(),
      requests: room.requests.position(),
      shift,
    }),
  };
  return self;
};
