import { expect, it } from "vitest";
import { formatDate } from "./format-date.js";

it("writes the provider's day, whatever the machine's time zone", () => {
  expect(formatDate("2026-12-31T23:30:00.000Z", "en")).toBe("December 31, 2026");
  expect(formatDate("2026-12-20T00:00:00.000Z", "de")).toBe("20. Dezember 2026");
});
