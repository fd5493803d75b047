import {
  type CreditsAccount,
  type CreditsBooks,
  type CreditsEntry,
  type CreditsHold,
  type CreditsSave,
  creditsDueAt,
  emptyCredits,
  moveCredits,
  packRecord,
  type StoredCredits,
  type Subscription,
  unpackRecord,
} from "@tollgate/core";
import { checkCreditsPlace } from "../records/read-credits-page.js";
import { refuseOddText, toText } from "./as-text.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { KeptCredits, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

type Place = Pick<KeptCredits, "customerId" | "credit">;

const toAccount = ({ text }: KeptCredits): CreditsAccount => unpackRecord("creditsAccount", JSON.parse(text));
const toHold = ({ text }: KeptCredits): CreditsHold => unpackRecord("creditsHold", JSON.parse(text));
const toEntry = ({ text }: KeptCredits): CreditsEntry => unpackRecord("creditsEntry", JSON.parse(text));
const isOf = (place: Place) => (one: Place) =>
  one.customerId === place.customerId && one.credit === place.credit;

export function createMemoryCredits(state: MemoryState): CreditsBooks {
  const { credits, creditsHolds, creditsEntries } = state;
  return {
    async readCredits({ now, holdIds, keys, grantIds, ...place }) {
      const holds = creditsHolds.all().filter(isOf(place)).map(toHold);
      const isOver = (one: CreditsHold) => one.state === "open" && one.expiresAt <= now;
      const entries = creditsEntries.all().filter(isOf(place)).map(toEntry);
      return {
        ...accountIn(state, place),
        holds: holds.filter((one) => holdIds.includes(one.id) || isOver(one)),
        entries: entries.filter(({ key }) => key !== null && keys.includes(key)),
        reclaimed: reclaimedIn(entries, grantIds),
      };
    },
    async saveCredits(save) {
      const outcome = state.atOnce(() => saveCreditsIn(state, save));
      state.changed([save.customerId]);
      if (outcome === "saved" && save.callbacks.length > 0) state.added("callbacks");
      return outcome;
    },
    async listCreditsAccounts(customerId) {
      const own = credits.all().filter((one) => one.customerId === customerId);
      return Object.fromEntries(own.map((one) => [one.credit, toAccount(one)]));
    },
    async listCreditsEntries({ after, limit, ...place }) {
      checkCreditsPlace(after);
      const own = creditsEntries.all().filter(isOf(place));
      const rest = own.filter(({ position }) => after === null || position < Number(after));
      const page = rest.sort((a, b) => b.position - a.position).slice(0, limit);
      const last = page.at(-1);
      return {
        entries: page.map(toEntry),
        next: rest.length > limit && last !== undefined ? String(last.position) : null,
      };
    },
    async listDueCredits({ now, limit }) {
      const accounts = credits.all().filter(({ dueAt }) => dueAt !== null && dueAt <= now);
      const holds = creditsHolds.all().filter((one) => {
        const { state: stands, expiresAt } = toHold(one);
        return stands === "open" && expiresAt <= now;
      });
      const due = new Map([...accounts, ...holds].map((one) => [keyOf(one.customerId, one.credit), one]));
      return [...due.values()].slice(0, limit).map(({ customerId, credit }) => ({ customerId, credit }));
    },
    async pruneCreditsHolds({ settledBefore, limit }) {
      const old = creditsHolds
        .all()
        .filter((one) => (toHold(one).settledAt ?? settledBefore) < settledBefore);
      const pruned = old.slice(0, limit);
      for (const one of pruned) creditsHolds.delete(keyOf(one.customerId, one.credit, toHold(one).id));
      return pruned.length;
    },
  };
}

function accountIn(
  { credits }: MemoryState,
  { customerId, credit }: Place,
): Pick<StoredCredits, "revision" | "account"> {
  const kept = credits.get(keyOf(customerId, credit));
  return kept === undefined
    ? { revision: null, account: emptyCredits }
    : { revision: kept.revision, account: toAccount(kept) };
}

function reclaimedIn(
  entries: readonly CreditsEntry[],
  grantIds: readonly string[],
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { kind, grantId, amount } of entries) {
    const isMeant = kind === "taken_back" || kind === "given_back";
    if (isMeant && grantId !== null && grantIds.includes(grantId))
      sums[grantId] = (sums[grantId] ?? 0) - amount;
  }
  return sums;
}

/** As part of a command. */
function saveCreditsIn(state: MemoryState, save: CreditsSave): "saved" | "overtaken" {
  const { customerId, credit, account, dueAt, expectedRevision } = save;
  if (accountIn(state, save).revision !== expectedRevision) return "overtaken";
  for (const text of [customerId, credit]) refuseOddText(text);
  const place = { customerId, credit };
  const text = toText(packRecord("creditsAccount", account));
  state.credits.set(keyOf(customerId, credit), {
    ...{ ...place, text, dueAt, revision: String(state.nextPosition()) },
  });
  for (const hold of save.holds) {
    const kept = { ...place, text: toText(packRecord("creditsHold", hold)) };
    state.creditsHolds.set(keyOf(customerId, credit, hold.id), kept);
  }
  for (const entry of save.entries) {
    const position = state.nextPosition();
    const kept = { ...place, position, text: toText(packRecord("creditsEntry", entry)) };
    state.creditsEntries.set(String(position), kept);
  }
  addCallbacksIn(state, save.callbacks);
  return "saved";
}

/** What plans granted goes along with the subscriptions that are given away. */
export function moveCreditsIn(
  state: MemoryState,
  moved: readonly Subscription[],
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: string },
): void {
  for (const { credit } of state.credits.all().filter((one) => one.customerId === from)) {
    const of = {
      from: accountIn(state, { customerId: from, credit }),
      to: accountIn(state, { customerId: to, credit }),
    };
    const decided = moveCredits(
      { from: of.from.account, to: of.to.account },
      ({ source }) =>
        source.kind === "plan" &&
        moved.some((one) => one.id === source.subscriptionId && one.provider === source.provider),
      at,
    );
    if (decided === null) continue;
    for (const [side, customerId] of [["from", from] as const, ["to", to] as const]) {
      const { account, entries } = decided[side];
      saveCreditsIn(state, {
        ...{ customerId, credit, account, entries, dueAt: creditsDueAt(account, at) },
        ...{ expectedRevision: of[side].revision, holds: [], callbacks: [] },
      });
    }
  }
}
