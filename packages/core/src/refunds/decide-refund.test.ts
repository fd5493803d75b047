import { describe, expect, it } from "vitest";
import { BillingError } from "../language/errors.js";
import type { PaymentBooks, Refund } from "../language/refund.js";
import { buildBooks, buildRefund } from "../testing/building/build-refund.js";
import { decideRefund, refundableOf } from "./decide-refund.js";

const mine = (amount: number, own: Partial<Refund> = {}) => buildRefund({ key: "mine", amount, ...own });
const decide = (books: Partial<PaymentBooks>, amount: number | null, refunds: readonly Refund[] = []) =>
  decideRefund({ books: buildBooks(books), refunds, key: "mine", amount });

describe("decideRefund", () => {
  it.each<[string, Partial<PaymentBooks>, number | null, number]>([
    ["all of it", {}, null, 2900],
    ["a part", {}, 1000, 1000],
    ["the last minor unit", { refunded: 2899 }, 1, 1],
    ["all that others left", { refunded: 1000, pending: 400 }, null, 1500],
    ["only what came in as money, not what credit paid for", { paid: 6000 }, null, 6000],
    ["what a dispute left", { held: 900 }, null, 2000],
  ])("gives back %s", (_, books, amount, expected) => {
    expect(decide(books, amount)).toEqual({ made: [], amount: expected });
  });

  it.each<[string, Partial<PaymentBooks>, number | null, string]>([
    ["more than was paid", {}, 2901, "amount_too_large"],
    ["more than others left", { refunded: 1000, pending: 1000 }, 901, "amount_too_large"],
    ["more than came in as money", { paid: 6000 }, 10_000, "amount_too_large"],
    ["nothing", {}, 0, "amount_too_small"],
    ["less than nothing", {}, -5, "amount_too_small"],
    ["a part of a cent", {}, 0.5, "amount_too_small"],
    ["what nobody paid", { paid: 0 }, null, "nothing_to_refund"],
    ["what has gone back", { refunded: 2900 }, null, "nothing_to_refund"],
    ["what is on its way back", { pending: 2900 }, 100, "nothing_to_refund"],
    ["what a dispute took", { held: 2900, disputed: true }, null, "payment_disputed"],
  ])("refuses %s", (_, books, amount, code) => {
    expect(() => decide(books, amount)).toThrow(BillingError);
    expect(() => decide(books, amount)).toThrow(expect.objectContaining({ code }));
  });

  it("says what could be refunded when it refuses", () => {
    const details = { paid: 2900, refundable: 1900, currency: "usd" };
    expect(() => decide({ refunded: 1000 }, 2000)).toThrow(expect.objectContaining({ details }));
  });

  it("makes the same refund once under its key, and what a crash left of it", () => {
    const others = buildRefund({ amount: 500, key: "theirs" });
    expect(decide({ refunded: 1500 }, 1000, [mine(1000), others])).toEqual({ made: [mine(1000)], amount: 0 });
    expect(decide({ refunded: 2900 }, null, [mine(2900)])).toEqual({ made: [mine(2900)], amount: 0 });
    expect(decide({ refunded: 600 }, 1000, [mine(600)])).toEqual({ made: [mine(600)], amount: 400 });
    expect(decide({ refunded: 600 }, null, [mine(600)])).toEqual({ made: [mine(600)], amount: 2300 });
    expect(() => decide({ refunded: 1000 }, 600, [mine(1000)])).toThrow(
      expect.objectContaining({ code: "invalid_idempotency_key" }),
    );
  });

  it("makes none that failed again under its key: another try is another refund", () => {
    const failed = mine(1000, { status: "failed" });
    expect(decide({}, 1000, [failed])).toEqual({ made: [failed], amount: 0 });
    expect(decide({}, null, [failed])).toEqual({ made: [failed], amount: 0 });
    expect(refundableOf(buildBooks())).toBe(2900);
  });
});
