import { describe, expect, it } from "vitest";
import { decideEnding, type Ending } from "./decide-ending.js";

const all = { cancels: ["period_end", "now"], refunds: "done" } as const;

describe("what becomes of a second subscription", () => {
  it.each<[string, Ending, ...Parameters<typeof decideEnding>]>([
    [
      "ends at once with its money back, where both are possible",
      { action: "cancel_and_refund", at: "now" },
      "cancel_and_refund",
      all,
    ],
    [
      "ends when its period does, where it can't end sooner, and the money comes back all the same",
      { action: "cancel_and_refund", at: "period_end" },
      "cancel_and_refund",
      { cancels: ["period_end"], refunds: "pending" },
    ],
    [
      "ends without its money back, where there are no refunds",
      { action: "cancel", at: "now" },
      "cancel_and_refund",
      { ...all, refunds: null },
    ],
    ["keeps its money where the app says so", { action: "cancel", at: "now" }, "cancel", all],
    [
      "runs on where nobody but the provider can end it: nothing is refunded of what still runs",
      { action: "keep", at: null },
      "cancel_and_refund",
      { ...all, cancels: [] },
    ],
    ["runs on where the app says so", { action: "keep", at: null }, "keep", all],
  ])("%s", (_name, expected, policy, ability) => {
    expect(decideEnding(policy, ability)).toEqual(expected);
  });
});
