import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import type { Notes } from "./create-notes.js";

/** What every page of the dashboard works with: one account's room, and where its pages are. */
export type Desk = {
  room: SandboxRoom;
  /** The sandbox's own account, which knows the connected ones. */
  platform: SandboxRoom;
  /** Where this account's pages begin, without a slash at the end. */
  base: string;
  notes: Notes;
  /** The page and the name of the object with this id, if there is one. */
  locate(id: string): { href: string; name: string; kind: string } | undefined;
};
