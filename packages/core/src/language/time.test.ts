import { expect, it } from "vitest";
import { addDays } from "./time.js";

it.each([
  ["2026-02-27T10:00:00.000Z", 2, "2026-03-01T10:00:00.000Z"],
  ["2028-02-28T23:59:59.999Z", 1, "2028-02-29T23:59:59.999Z"],
  ["2026-03-01T00:00:00.000Z", 0, "2026-03-01T00:00:00.000Z"],
  ["2026-12-31T00:00:00.000Z", 1, "2027-01-01T00:00:00.000Z"],
])("adds days of 24 hours: %s plus %i days is %s", (time, days, sum) => {
  expect(addDays(time, days)).toBe(sum);
});
