import { describe, expect, it } from "vitest";
import type { RefundAccess } from "../language/refund.js";
import { buildBooks, buildDispute } from "../testing/building/build-refund.js";
import { decideDisputeReturn } from "./decide-dispute-return.js";
import { decideFraudWarning } from "./decide-fraud-warning.js";
import { type DisputeRules, defaultDisputeRules } from "./dispute-rules.js";

const inMarch = "2026-03-10T00:00:00Z";
const inOctober = "2026-10-10T00:00:00Z";
const decide = (
  dispute: Parameters<typeof buildDispute>[0],
  rules: Partial<DisputeRules> = {},
  { now = inMarch, refunded = 0 } = {},
) =>
  decideDisputeReturn({
    dispute: buildDispute(dispute),
    books: buildBooks({ disputed: true, refunded }),
    rules: { ...defaultDisputeRules, ...rules },
    now: new Date(now),
  });

describe("decideDisputeReturn", () => {
  it.each<[string, Parameters<typeof buildDispute>[0], RefundAccess, RefundAccess]>([
    ["an inquiry", { kind: "inquiry", status: "needs_response" }, "keep", "keep"],
    ["an inquiry that came to nothing", { kind: "inquiry", status: "closed" }, "keep", "keep"],
    ["a chargeback", { status: "needs_response" }, "keep", "end"],
    ["an answered chargeback", { status: "under_review" }, "keep", "end"],
    ["one that was won", { status: "won" }, "keep", "keep"],
    ["one that was lost", { status: "lost" }, "end", "end"],
    ["one that was prevented by giving the money back", { status: "prevented" }, "end", "end"],
  ])("after %s: by default, and where an open one counts", (_, dispute, byDefault, strict) => {
    expect(decide(dispute)).toBe(byDefault);
    expect(decide(dispute, { opened: "end_current" })).toBe(strict);
  });

  it("leaves the running period where an old payment was lost, unless the policy says otherwise", () => {
    expect(decide({ status: "lost" }, {}, { now: inOctober })).toBe("keep");
    expect(decide({ status: "lost" }, { lost: "end" }, { now: inOctober })).toBe("end");
    expect(decide({ status: "lost" }, { lost: "keep" })).toBe("keep");
  });

  it("counts what was refunded before as gone, too, and a part as a part", () => {
    expect(decide({ status: "lost", amount: 1900 })).toBe("keep");
    expect(decide({ status: "lost", amount: 1900 }, {}, { refunded: 1000 })).toBe("end");
  });
});

describe("decideFraudWarning", () => {
  it.each<[string, Parameters<typeof buildBooks>[0], "tell" | "refund"]>([
    ["what was paid", {}, "refund"],
    ["what is left after a part", { refunded: 1000 }, "refund"],
    ["not what went back", { refunded: 2900 }, "tell"],
    ["not what is on its way back", { pending: 2900 }, "tell"],
    ["not what is disputed", { disputed: true, held: 2900 }, "tell"],
    ["not what the bank has asked about", { disputed: true }, "tell"],
  ])("pays back %s where the app wants that, and nothing by default", (_, books, expected) => {
    expect(decideFraudWarning({ books: buildBooks(books), rule: "refund" })).toBe(expected);
    const rule = defaultDisputeRules.fraudWarnings;
    expect(decideFraudWarning({ books: buildBooks(books), rule })).toBe("tell");
  });
});
