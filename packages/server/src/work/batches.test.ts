import { expect, test } from "vitest";
import { createBatches } from "./batches.js";

test("sends what comes together in one call, and what comes meanwhile in the next one", async () => {
  const calls: (readonly number[])[] = [];
  let finish = () => {};
  const record = createBatches<number>(async (all) => {
    calls.push(all);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  const first = Promise.all([record(1), record(2)]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const second = Promise.all([record(3), record(4)]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(calls).toEqual([[1, 2]]);
  finish();
  await first;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(calls).toEqual([
    [1, 2],
    [3, 4],
  ]);
  finish();
  await second;
});

test("tells only those who are the reason that a call fails", async () => {
  const calls: string[] = [];
  const record = createBatches<string>(async (all) => {
    calls.push(all.join(" "));
    if (all.includes("bad")) throw new Error("not this one");
  });
  const results = await Promise.allSettled(["good", "bad", "fine"].map(record));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(calls).toEqual(["good bad fine", "good", "bad", "fine"]);
  await expect(record("bad")).rejects.toThrow("not this one");
  await expect(record("later")).resolves.toBeUndefined();
});
