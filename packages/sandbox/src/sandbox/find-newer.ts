import { platformAccount } from "../engine/accounts/platform-account.js";
import { createChaos } from "../engine/world/chaos.js";
import { createWorld } from "../engine/world/world.js";
import { apiVersion } from "../rooms/api-version.js";
import type { RoomState } from "../rooms/create-room.js";
import { isHash } from "../rooms/fill-rows.js";
import type { SandboxState } from "./sandbox-state.js";

const knownState = (): SandboxState => ({
  format: 0,
  apiVersion,
  accounts: {},
  answers: [],
  dispatcher: { deliveries: [], errands: [], counts: {} },
  start: null,
});

const knownRoom = (): RoomState => {
  const world = createWorld(platformAccount(0));
  world.chaos.everywhere = createChaos({ seed: "" });
  // Apps give an account fields of their own.
  world.account = {} as typeof world.account;
  return { world, gone: {}, ids: 0, requests: 0, shift: 0 };
};

/** The path of the first key that this version does not have. An empty object is a table: its keys are ids. */
const unknownIn = (kept: unknown, known: object, path: string[]): string | undefined => {
  if (!isHash(kept) || Object.keys(known).length === 0) return undefined;
  const parts = new Map(Object.entries(known));
  for (const [key, value] of Object.entries(kept)) {
    const place = [...path, key];
    if (!parts.has(key)) return place.join(".");
    const part: unknown = parts.get(key);
    const found = isHash(part) ? unknownIn(value, part, place) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

/** What a kept state has that this version does not know, in words; undefined: nothing. */
export const findNewer = (kept: Record<string, unknown>): string | undefined => {
  if (typeof kept.apiVersion === "string" && kept.apiVersion > apiVersion)
    return `version ${kept.apiVersion} of Stripe's API`;
  const rooms = isHash(kept.accounts) ? Object.entries(kept.accounts) : [];
  return (
    unknownIn(kept, knownState(), []) ??
    rooms
      .map(([id, room]) => unknownIn(room, knownRoom(), ["accounts", id]))
      .find((found) => found !== undefined)
  );
};
