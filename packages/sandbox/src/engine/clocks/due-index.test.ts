import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { platformAccount } from "../accounts/platform-account.js";
import { type Ahead, byTurn, clockOf, type Due } from "../world/due.js";
import { touch } from "../world/touch.js";
import type { TestClock } from "../world/wire.js";
import { createWorld, type World } from "../world/world.js";
import { nextDue } from "./due-index.js";
import { kinds } from "./due-sources.js";

const always = Number.MAX_SAFE_INTEGER;

/** What comes first, found by looking at everything. */
const scan = (world: World, clock: string | null): Due | undefined =>
  kinds
    .flatMap((source, kind) =>
      Object.values(source.table(world)).flatMap((row, position) =>
        clockOf(world, row) === clock
          ? source
              .duesOf(world, row.id)
              .map((due): Ahead => ({ due, object: row.id, created: row.created, place: [kind, position] }))
          : [],
      ),
    )
    .sort(byTurn)[0]?.due;

const clockAt = (id: string, created: number, deletes_after: number): TestClock => ({
  id,
  object: "test_helpers.test_clock",
  created,
  deletes_after,
  frozen_time: 0,
  livemode: false,
  name: null,
  status: "ready",
  status_details: {},
});

type Step =
  | { kind: "create"; created: number; at: number }
  | { kind: "delay"; which: number; by: number }
  | { kind: "move"; which: number; at: number }
  | { kind: "delete"; which: number }
  | { kind: "play" };

const near = fc.nat(20);
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("create" as const), created: near, at: near }),
    fc.record({ kind: fc.constant("move" as const), which: near, at: near }),
    fc.record({ kind: fc.constant("delay" as const), which: near, by: near }),
    fc.record({ kind: fc.constant("delete" as const), which: near }),
    fc.record({ kind: fc.constant("play" as const) }),
  ),
  { maxLength: 60 },
);

const take = (world: World, step: Step, count: number): void => {
  const rows = Object.values(world.testClocks);
  const row = "which" in step ? rows[step.which % Math.max(1, rows.length)] : undefined;
  if (step.kind === "create") {
    const id = `clock_${count}`;
    world.testClocks[id] = clockAt(id, step.created, step.at);
    touch(world, id);
  } else if (step.kind === "play") {
    const due = nextDue(world, null, always);
    if (due) delete world.testClocks[due.id.split("/")[0] ?? ""];
  } else if (row && step.kind === "move") {
    row.deletes_after = step.at;
    touch(world, row.id);
  } else if (row && step.kind === "delay") row.deletes_after += step.by;
  else if (row) delete world.testClocks[row.id];
};

describe("the index of what falls due", () => {
  it("always names what a look at everything names, even after silent delays and deletions", () => {
    fc.assert(
      fc.property(steps, (history) => {
        const world = createWorld(platformAccount(0));
        history.forEach((step, count) => {
          take(world, step, count);
          const [found, sought] = [nextDue(world, null, always), scan(world, null)];
          expect([found?.id, found?.at]).toEqual([sought?.id, sought?.at]);
        });
        // A world that was read from a file knows the same without having seen how it came about.
        const copy = JSON.parse(JSON.stringify(world)) as World;
        expect(nextDue(copy, null, always)?.id).toBe(nextDue(world, null, always)?.id);
      }),
      { numRuns: 300 },
    );
  });

  it("names nothing that lies beyond the limit", () => {
    const world = createWorld(platformAccount(0));
    world.testClocks.clock_a = clockAt("clock_a", 0, 10);
    expect(nextDue(world, null, 9)).toBeUndefined();
    expect(nextDue(world, null, 10)?.id).toBe("clock_a/delete");
  });

  it("plays notices, then ends, changes, collections and renewals of the same second, older objects first", () => {
    const ahead = (turn: Due["turn"], created: number, position = 0): Ahead => ({
      due: { id: `${turn}/${created}/${position}`, at: 5, turn, run: () => undefined },
      object: "",
      created,
      place: [0, position],
    });
    const inOrder = [
      ahead("notice", 2),
      ahead("end", 1),
      ahead("change", 1),
      ahead("collect", 1),
      ahead("renew", 1, 5),
      ahead("renew", 2, 0),
      ahead("renew", 2, 1),
      ahead("expire", 0),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (shuffled) => {
        expect(shuffled.sort(byTurn).map(({ due }) => due.id)).toEqual(inOrder.map(({ due }) => due.id));
      }),
    );
  });
});
