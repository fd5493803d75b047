import { afterEach, expect, it, vi } from "vitest";
import { createTurnClock } from "./turn-clock.js";

afterEach(() => vi.useRealTimers());

it("reads the clock once per turn, and again in the next one", () => {
  vi.useFakeTimers({ now: 1_000 });
  const look = createTurnClock();
  expect(look()).toBe(1_000);
  vi.setSystemTime(2_000);
  expect(look()).toBe(1_000);
  vi.runAllTimers();
  vi.setSystemTime(3_000);
  expect(look()).toBe(3_000);
});

it("reads it again within a turn that does not end", () => {
  vi.useFakeTimers({ now: 1_000 });
  const look = createTurnClock();
  look();
  vi.setSystemTime(2_000);
  const seen = Array.from({ length: 70 }, look);
  expect(seen[0]).toBe(1_000);
  expect(seen.at(-1)).toBe(2_000);
});
