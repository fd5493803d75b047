import { type Addressed, addressesOf, findTarget } from "../engine/endpoints/webhook-target.js";
import type { Posted } from "../engine/world/outbox.js";
import type { World } from "../engine/world/world.js";
import { knowsEvent } from "../versions/known-in.js";
import { versionOf } from "./body-of.js";

/** Who gets an event, in which form, and the account whose endpoint it is. */
export type Recipient = Addressed & { home: string };

type Worlds = { platform: World; own: World | undefined };

/** An account's endpoints hear of its events, and so do the platform's that listen to connected accounts. */
export const findRecipients = (
  account: string,
  { event, only }: Posted,
  { platform, own }: Worlds,
): Recipient[] =>
  [...new Set([platform, own ?? platform])].flatMap((world): Recipient[] => {
    const home = world.account.id;
    if (only === null) {
      const from = home === account ? "own" : "connected";
      return addressesOf(world, event, from)
        .filter(isKnown)
        .map((to) => ({ ...to, home }));
    }
    return formsFor(world, event, only).map((to) => ({ ...to, home }));
  });

/** An endpoint of an earlier version does not hear of what that version has no name for. */
const isKnown = (to: Addressed): boolean => {
  const version = versionOf(to);
  return version === null || knowsEvent(version, to.event.type);
};

const formsFor = (world: World, event: Posted["event"], id: string): Addressed[] => {
  const target = findTarget(world, id);
  return target ? [{ target, event }] : [];
};
