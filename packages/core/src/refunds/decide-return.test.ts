import { describe, expect, it } from "vitest";
import type { PaymentBooks, RefundAccess } from "../language/refund.js";
import { buildBooks } from "../testing/building/build-refund.js";
import { decideReturn, type ReturnRule } from "./decide-return.js";

const rules: readonly ReturnRule[] = ["end_current", "end", "keep"];
const decide = (
  books: Partial<PaymentBooks>,
  gone: number,
  rule: ReturnRule,
  { choice = null as RefundAccess | null, now = "2026-03-10T00:00:00Z" } = {},
) => decideReturn({ books: buildBooks(books), gone, choice, rule, now: new Date(now) });

const product = { subscriptionId: null, period: null, checkoutId: "cs_1" };

describe("decideReturn", () => {
  it.each<[string, Partial<PaymentBooks>, number, string, RefundAccess, RefundAccess]>([
    ["all of a period that is not over", {}, 2900, "2026-03-10T00:00:00Z", "end", "end"],
    ["all of one that has not begun", {}, 2900, "2026-02-01T00:00:00Z", "end", "end"],
    ["all of one that is over", {}, 2900, "2026-04-01T00:00:00Z", "keep", "end"],
    ["all of a change within a period", { period: null }, 2900, "2026-03-10T00:00:00Z", "keep", "end"],
    ["a part", {}, 2899, "2026-03-10T00:00:00Z", "keep", "keep"],
    ["nothing", { paid: 0 }, 0, "2026-03-10T00:00:00Z", "keep", "keep"],
    ["all of a product", { ...product }, 2900, "2026-03-10T00:00:00Z", "end", "end"],
    ["a part of a product", { ...product }, 2899, "2026-03-10T00:00:00Z", "keep", "keep"],
    ["what was for no subscription", { subscriptionId: null }, 2900, "2026-03-10T00:00:00Z", "keep", "keep"],
  ])("after %s", (_, books, gone, now, current, always) => {
    expect(rules.map((rule) => decide(books, gone, rule, { now }))).toEqual([current, always, "keep"]);
  });

  it.each(rules)("follows what was chosen for this refund, whatever the policy %s says", (rule) => {
    expect(decide({}, 100, rule, { choice: "end" })).toBe("end");
    expect(decide({}, 2900, rule, { choice: "keep" })).toBe("keep");
    expect(decide({}, 0, rule, { choice: "end" }), "of what never arrived").toBe("keep");
  });
});
