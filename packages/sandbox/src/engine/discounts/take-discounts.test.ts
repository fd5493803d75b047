import { describe, expect, it } from "vitest";
import { type Discounted, type DiscountTerms, takeDiscount, takeEvenly } from "./take-discounts.js";

const line = (left: number, product = "a", discountable = true): Discounted => ({
  left,
  product,
  discountable,
  taken: [],
});

const off = (terms: Partial<DiscountTerms>): DiscountTerms => ({
  discount: "di_1",
  percent: null,
  amount: null,
  products: null,
  ...terms,
});

describe("a discount", () => {
  it.each([
    ["of 50% halves every line", [line(1000), line(500)], off({ percent: 50 }), [500, 250]],
    ["of a percentage is rounded once, on the sum", [line(101), line(101)], off({ percent: 50 }), [51, 50]],
    ["of 100% leaves nothing", [line(999), line(1)], off({ percent: 100 }), [0, 0]],
    ["of an amount is shared in proportion", [line(2000), line(1000)], off({ amount: 300 }), [1800, 900]],
    [
      "of an amount leaves its rest to the last line",
      [line(100), line(100), line(100)],
      off({ amount: 100 }),
      [67, 67, 66],
    ],
    ["of an amount stops at zero", [line(100), line(50)], off({ amount: 500 }), [0, 0]],
    [
      "for some products leaves the others alone",
      [line(1000, "a"), line(1000, "b")],
      off({ percent: 10, products: ["b"] }),
      [1000, 900],
    ],
    [
      "leaves alone what is not discountable",
      [line(1000), line(1000, "a", false)],
      off({ amount: 1500 }),
      [0, 1000],
    ],
    [
      "of an amount shares 5 dollars of 10 and 20",
      [line(1000), line(2000)],
      off({ amount: 500 }),
      [834, 1666],
    ],
    ["leaves credits alone", [line(1000), line(-400)], off({ percent: 50 }), [500, -400]],
    ["takes nothing off nothing", [line(0)], off({ amount: 500 }), [0]],
  ])("%s", (_, lines, terms, left) => {
    takeDiscount(lines, terms);
    expect(lines.map((one) => one.left)).toEqual(left);
  });

  it("is noted as nothing on what includes it", () => {
    const lines = [line(1000), line(-400, "a", false)];
    takeDiscount(lines, off({ percent: 50 }));
    expect(lines.map(({ taken }) => taken)).toEqual([
      [{ amount: 500, discount: "di_1" }],
      [{ amount: 0, discount: "di_1" }],
    ]);
  });

  it.each([
    ["an amount is the same for each line", [line(1000), line(5000)], off({ amount: 500 }), [750, 4750]],
    ["an amount stops at each line's nothing", [line(100), line(5000)], off({ amount: 500 }), [0, 4750]],
    ["a percentage is taken as ever", [line(1000), line(5000)], off({ percent: 10 }), [900, 4500]],
  ])("taken evenly: %s", (_, lines, terms, left) => {
    takeEvenly(lines, terms);
    expect(lines.map((one) => one.left)).toEqual(left);
  });

  it("takes from what the discounts before it have left", () => {
    const lines = [line(1000)];
    takeDiscount(lines, off({ discount: "di_1", percent: 10 }));
    takeDiscount(lines, off({ discount: "di_2", amount: 200 }));
    takeDiscount(lines, off({ discount: "di_3", percent: 50 }));
    expect(lines[0]?.taken).toEqual([
      { amount: 100, discount: "di_1" },
      { amount: 200, discount: "di_2" },
      { amount: 350, discount: "di_3" },
    ]);
  });

  it("shows on a line that it covers even when it takes nothing there", () => {
    const lines = [line(0), line(0, "b")];
    takeDiscount(lines, off({ percent: 50, products: ["a"] }));
    expect(lines.map((one) => one.taken)).toEqual([[{ amount: 0, discount: "di_1" }], []]);
  });
});
