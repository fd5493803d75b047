import { platformAccount } from "../engine/accounts/platform-account.js";
import { find } from "../engine/world/find.js";
import type { Letter } from "../engine/world/letters.js";
import type { Account } from "../engine/world/wire.js";
import {
  createRoom,
  type KeptRoom,
  type MovableRoom,
  type RoomOptions,
  type RoomState,
} from "./create-room.js";

export type AccountsOptions = Omit<RoomOptions, "account" | "connected" | "inAccount" | "onLetters">;

/** Every account's room by its account's id. */
export type AccountsState = Record<string, RoomState>;

export type Accounts = {
  /** The sandbox's own account. */
  platform: MovableRoom;
  /** The room of the sandbox's own account, or of one that is connected to it. */
  find(id: string): MovableRoom | undefined;
  /** Those that have a world by now; the platform first. */
  all(): MovableRoom[];
  reset(kept?: Record<string, KeptRoom>): void;
  /** Shared with the rooms: copy it to keep it. */
  state(): AccountsState;
};

/**
 * The sandbox's own account and those connected to it. Each is a world of its own, with its objects, ids, clock
 * and webhooks; a connected one begins when it is first used, at the platform's time.
 */
export const createAccounts = (options: AccountsOptions): Accounts => {
  const connected = new Map<string, MovableRoom>();

  const roomOf = (account: Account): MovableRoom => {
    const { id } = account;
    const known = connected.get(id);
    if (known) return known;
    const room = createRoom({
      ...options,
      account: () => structuredClone(account),
      connected: true,
      seed: `${options.seed}/${id}`,
      inAccount: findRoom,
      onLetters,
    });
    room.moveTo(platform.now());
    connected.set(id, room);
    return room;
  };

  const findRoom = (id: string): MovableRoom | undefined => {
    if (id === platform.world.account.id) return platform;
    const account = find(platform.world.accounts, id);
    return account && roomOf(account);
  };

  const onLetters = (letters: Letter[]): void => {
    for (const letter of letters) {
      const { to, account } = letter;
      const room = to === null ? platform : account ? roomOf(account) : findRoom(to);
      room?.receive(letter);
    }
  };

  const platform = createRoom({
    ...options,
    account: platformAccount,
    connected: false,
    inAccount: findRoom,
    onLetters,
  });

  return {
    platform,
    find: findRoom,
    all: () => [platform, ...connected.values()],
    reset: (kept = {}) => {
      connected.clear();
      const { [platform.world.account.id]: own, ...others } = kept;
      platform.reset(own);
      for (const [id, state] of Object.entries(others)) findRoom(id)?.reset(state);
    },
    state: () =>
      Object.fromEntries(
        [platform, ...connected.values()].map((room) => [room.world.account.id, room.state()]),
      ),
  };
};
