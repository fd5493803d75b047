import { previousAttributes } from "../engine/world/previous-attributes.js";
import type { World } from "../engine/world/world.js";
import { type Form, isForm } from "./change.js";
import { changes } from "./changes.js";
import { isOlder } from "./version.js";
import { wireOnly } from "./wire-only.js";

type Give = (object: Form, world: World) => Form;

/** What each kind of object gets in a version, the newest change undone first. */
const givesOf = (version: string): ReadonlyMap<string, readonly Give[]> => {
  const gives = new Map<string, Give[]>();
  const older = changes.toReversed().filter(({ since }) => isOlder(version, since));
  for (const answers of [wireOnly, ...older.map((change) => change.answers ?? {})])
    for (const [kind, give] of Object.entries(answers))
      gives.set(kind, [...(gives.get(kind) ?? []), give as Give]);
  return gives;
};

/** What an object was before an event. */
const before = (after: Form, previous: Form): Form => ({
  ...after,
  ...Object.fromEntries(
    Object.entries(previous).map(([key, old]) => {
      const present = after[key];
      return [key, isForm(old) && isForm(present) ? before(present, old) : old];
    }),
  ),
});

/** Objects in an earlier version's form, each changed in place. */
export type InVersion = (value: unknown) => void;

/**
 * Gives what an answer holds (copies) the form that it has in an API version. What moved since is added in its old
 * place, and stays in its new one.
 */
export const inVersion = (version: string, world: World): InVersion => {
  const gives = givesOf(version);

  const giveEvent = (event: Form): void => {
    event.api_version = version;
    const { data } = event;
    if (!isForm(data) || !isForm(data.object)) return;
    const { previous_attributes: previous } = data;
    const old = isForm(previous) && structuredClone(before(data.object, previous));
    give(data.object);
    if (!old) return;
    give(old);
    data.previous_attributes = previousAttributes(old, data.object);
  };

  const give: InVersion = (value) => {
    if (Array.isArray(value)) for (const item of value) give(item);
    if (!isForm(value)) return;
    if (value.object === "event") {
      giveEvent(value);
      return;
    }
    if (typeof value.object === "string" && (value.deleted !== true || value.object === "discount"))
      for (const each of gives.get(value.object) ?? []) Object.assign(value, each(value, world));
    // What an app wrote there looks like anything.
    for (const [key, inner] of Object.entries(value)) if (key !== "metadata") give(inner);
  };

  return give;
};

/** The properties that `expand` may name in a version, beyond the present ones. */
export const expandableIn = (version: string): ReadonlySet<string> =>
  new Set(changes.flatMap(({ since, expands = [] }) => (isOlder(version, since) ? expands : [])));
