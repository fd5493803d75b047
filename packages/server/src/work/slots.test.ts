import { expect, test } from "vitest";
import { createSlots } from "./slots.js";

test("lets so many in at once, and the others in their order as room is made", async () => {
  const slots = createSlots(2, new AbortController().signal);
  const inside: number[] = [];
  for (const one of [1, 2, 3, 4]) void slots.enter().then((turn) => turn && inside.push(one));
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(inside).toEqual([1, 2]);
  slots.leave();
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(inside).toEqual([1, 2, 3]);
  slots.leave();
  slots.leave();
  slots.leave();
  expect(await Promise.all([slots.enter(), slots.enter()])).toEqual([true, true]);
});

test("sends away those who wait, and whoever comes later, once it closes", async () => {
  const closing = new AbortController();
  const slots = createSlots(1, closing.signal);
  expect(await slots.enter()).toBe(true);
  const waiting = slots.enter();
  closing.abort();
  expect(await waiting).toBe(false);
  expect(await slots.enter()).toBe(false);
});
