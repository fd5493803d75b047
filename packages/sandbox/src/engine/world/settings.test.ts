import { describe, expect, it } from "vitest";
import { createSettings } from "./settings.js";

describe("settings", () => {
  it("keep their defaults where nothing else is chosen", () => {
    const settings = createSettings({ dunning: { finally: "unpaid" }, draftSeconds: 60 });
    expect(settings.dunning).toEqual({ retryAfterDays: [3, 5, 7], finally: "unpaid" });
    expect([settings.draftSeconds, settings.upcomingDays]).toEqual([60, 7]);
  });

  it("share nothing between accounts", () => {
    createSettings().dunning.retryAfterDays.push(9);
    expect(createSettings().dunning.retryAfterDays).toEqual([3, 5, 7]);
  });

  it.each([
    { draftSeconds: -1 },
    { upcomingDays: Number.NaN },
    { dunning: { retryAfterDays: [0] } },
    { dueReminders: { daysAfter: -2 } },
  ])("refuse numbers that make no sense: %j", (settings) => {
    expect(() => createSettings(settings)).toThrow(RangeError);
  });
});
