import { expect, test } from "vitest";
import { retrySeconds } from "./retry-seconds.js";
import { workTiming } from "./work-timing.js";

test.each([
  [1, 2, 4],
  [2, 4, 8],
  [10, 1024, 2048],
  [15, 32_768, 65_536],
])("after %d failed attempts waits between %d and %d seconds", (attempts, least, most) => {
  expect(retrySeconds(workTiming, attempts, () => 0)).toBe(least);
  expect(retrySeconds(workTiming, attempts, () => 1)).toBe(most);
});

test("sixteen attempts are spread over at most about a day and a half", () => {
  const total = (chance: number) =>
    Array.from({ length: workTiming.retryLimit }, (_, index) =>
      retrySeconds(workTiming, index + 1, () => chance),
    ).reduce((sum, seconds) => sum + seconds, 0) / 3600;
  expect(total(0)).toBeGreaterThan(18);
  expect(total(1)).toBeLessThan(37);
});

test("always waits equally long where there is no back-off", () => {
  const steady = { ...workTiming, retryBackoff: false, retryDelaySeconds: 3 };
  expect([1, 2, 9].map((attempts) => retrySeconds(steady, attempts))).toEqual([3, 3, 3]);
});
