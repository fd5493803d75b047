import { expect, test } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildMigrationEntry, buildPriceMigration } from "../testing/building/build-migration.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideEntryStep } from "./decide-entry-step.js";

const end = "2026-04-01T00:00:00.000Z";
const held = buildSubscription({ currentPeriod: { start: "2026-03-01T00:00:00.000Z", end } });
const on = (priceId: string, start = "2026-03-01T00:00:00.000Z", until = end): Subscription => ({
  ...held,
  items: held.items.map((item) => ({ ...item, priceId, currentPeriod: { start, end: until } })),
});
const old = on("price_1");
const renewed = ["2026-04-01T00:00:00.000Z", "2026-05-01T00:00:00.000Z"] as const;

function decide(
  day: string,
  subscription: Subscription | null,
  own: Partial<Parameters<typeof decideEntryStep>[0]["entry"]> = {},
  { force = false, promised = false } = {},
) {
  return decideEntryStep({
    entry: buildMigrationEntry({ effectiveAt: end, ...own }),
    migration: buildPriceMigration({ noticeDays: 7, force, at: "2026-03-10T00:00:00.000Z" }),
    subscription,
    promise: promised ? { customerId: "org_1", until: null, promisedAt: end } : null,
    now: new Date(`2026-${day}T00:00:00Z`),
  });
}
const told = { announcedFor: end };
const planned = { ...told, state: "planned" } as const;
const other = { to: { planId: "small", priceId: "price_2", amount: 4500 } };

test.each<[string, ReturnType<typeof decide>, object]>([
  ["waits for its notice", decide("03-20", old), { kind: "wait", dueAt: "2026-03-25T00:00:00.000Z" }],
  ["is told a week before", decide("03-25", old), { kind: "announce", quantity: 1 }],
  [
    "waits for the day before",
    decide("03-26", old, told),
    { kind: "wait", dueAt: "2026-03-31T00:00:00.000Z" },
  ],
  ["is told before it is planned", decide("03-31", old), { kind: "announce" }],
  ["is planned a day before", decide("03-31", old, told), { kind: "plan" }],
  ["is planned later for another plan", decide("03-31", old, { ...told, ...other }), { kind: "wait" }],
  [
    "is told anew of another date",
    decide("03-26", old, { announcedFor: "2026-03-01T00:00:00.000Z" }),
    { kind: "announce" },
  ],
  ["waits for the renewal", decide("03-31", on("price_2"), planned), { kind: "wait", dueAt: end }],
  ["is planned although nobody noted it", decide("03-31", on("price_2"), told), { kind: "planned" }],
  ["went there by itself, long before", decide("03-12", on("price_2")), { kind: "close", reason: "changed" }],
  ["was changed in another way", decide("03-12", on("price_3")), { kind: "close", reason: "changed" }],
  [
    "has been renewed at the new price",
    decide("04-02", on("price_2", ...renewed), planned),
    { kind: "applied" },
  ],
  [
    "has been renewed at the old one",
    decide("04-02", on("price_1", ...renewed), told),
    { kind: "put_off", effectiveAt: renewed[1] },
  ],
  ["has been renewed unheard", decide("04-02", old, told), { kind: "read" }],
  ["has ended", decide("03-20", { ...old, status: "ended" }), { kind: "close", reason: "ended" }],
  ["is nowhere", decide("03-20", null), { kind: "close", reason: "ended" }],
  [
    "was promised its price",
    decide("03-25", old, {}, { promised: true }),
    { kind: "close", reason: "promised" },
  ],
  ["moves all the same", decide("03-25", old, {}, { promised: true, force: true }), { kind: "announce" }],
  ["is cancelled", decide("03-25", { ...old, cancelAt: end }), { kind: "wait", obstacle: "ending" }],
  ["owes something", decide("03-25", { ...old, status: "past_due" }), { kind: "wait", obstacle: "past_due" }],
  ["is paused", decide("03-25", { ...old, status: "paused" }), { kind: "wait", obstacle: "paused" }],
])("one that %s", (_, step, expected) => {
  expect(step).toMatchObject(expected);
});
