import { expect, test } from "vitest";
import { createBell } from "./bell.js";
import { createWorkPool, type Lane } from "./work-pool.js";

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Pulls whenever it is told that there is room, and never otherwise; returns the numbers that were done. */
async function workOff(count: number, size: number, take: (one: number) => Promise<void>): Promise<number[]> {
  const done: number[] = [];
  let next = 0;
  let most = 0;
  let running = 0;
  const lane: Lane = {
    kind: "jobs",
    size,
    async fetch(limit) {
      await pause(1);
      const tasks = Array.from({ length: Math.min(limit, count - next) }, (_, index) => next + index);
      next += tasks.length;
      return tasks.map((one) => async () => {
        running += 1;
        most = Math.max(most, running);
        await take(one);
        running -= 1;
        done.push(one);
      });
    },
  };
  const bell = createBell();
  const pool = createWorkPool([lane], bell.ring, () => {});
  bell.ring();
  while (done.length < count) {
    const asked = performance.now();
    await bell.waitFor(2_000);
    if (performance.now() - asked > 1_500) break;
    await pool.pull();
  }
  await pool.finished();
  expect(most).toBeLessThanOrEqual(size);
  return done;
}

test.each([
  ["at once", () => Promise.resolve()],
  ["together", () => pause(5)],
  ["one after another", (one: number) => pause(one % 7)],
])(
  "begins all there is as soon as there is room, never more than that at once, when work ends %s",
  async (_, take) => {
    expect(await workOff(50, 4, take)).toHaveLength(50);
  },
);
