import { expect, it } from "vitest";
import { decideRetry, maximumAttempts } from "./decide-retry.js";

const now = new Date("2026-03-01T00:00:00Z");
const secondsUntil = (attempts: number, chance = 0.5) => {
  const next = decideRetry({ attempts, now, chance });
  return next === null ? null : (Date.parse(next) - now.getTime()) / 1000;
};

it.each([
  [1, 30],
  [2, 60],
  [3, 120],
  [10, 15_360],
  [11, 25_200],
  [19, 25_200],
  [20, null],
  [400, null],
])("after %i tries waits %s seconds", (attempts, seconds) => {
  expect(secondsUntil(attempts)).toBe(seconds);
});

it("waits up to a fifth less or more, at random", () => {
  expect([secondsUntil(2, 0), secondsUntil(2, 1)]).toEqual([48, 72]);
});

it("gives up after about three days", () => {
  const waits = Array.from({ length: maximumAttempts - 1 }, (_, index) => secondsUntil(index + 1) ?? 0);
  const days = waits.reduce((sum, wait) => sum + wait, 0) / 86_400;
  expect(days).toBeGreaterThan(2.8);
  expect(days).toBeLessThan(3.2);
});
