import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { platformAccount } from "../../accounts/platform-account.js";
import { createCustomer, type NewCustomer } from "../../customers/customer.js";
import { createCoupon, type NewCoupon } from "../../discounts/coupon.js";
import { setDiscounts } from "../../discounts/set-discounts.js";
import { createTaxRate } from "../../tax/tax-rate.js";
import type { Context } from "../../world/context.js";
import { seededIds } from "../../world/ids.js";
import type { Customer, Invoice } from "../../world/wire.js";
import { createWorld, type World } from "../../world/world.js";
import { createInvoiceItem } from "../items/invoice-item.js";
import { createInvoice } from "../making/invoice.js";
import { recomputeInvoice } from "./recompute-invoice.js";

type Line = {
  amount: number;
  discountable?: boolean;
  off?: NewCoupon[];
  taxes?: Array<[percent: number, inclusive: boolean]>;
};
type Setting = {
  currency?: string;
  customer?: NewCustomer;
  lines: Line[];
  off?: NewCoupon[];
  taxes?: Array<[percent: number, inclusive: boolean]>;
  automaticTax?: boolean;
  balance?: number;
};

const context = (): Context => ({
  now: new Date(Date.UTC(2026, 0, 31)),
  ids: seededIds("recompute"),
  apiVersion: "2026-10-28.endive",
  baseUrl: "http://sandbox.test",
  request: { id: null, idempotency_key: null },
});

const rateIds = (world: World, ctx: Context, taxes: Setting["taxes"]): string[] =>
  (taxes ?? []).map(
    ([percentage, inclusive]) => createTaxRate(world, ctx, { display_name: "VAT", inclusive, percentage }).id,
  );

/** A draft with everything that a case says about it. */
const draft = (setting: Setting): { world: World; invoice: Invoice; customer: Customer } => {
  const ctx = context();
  const world = createWorld(platformAccount(0));
  const { currency = "usd" } = setting;
  const customer = createCustomer(world, ctx, setting.customer ?? {});
  customer.balance = setting.balance ?? 0;
  const coupons = (given: NewCoupon[] | undefined) =>
    (given ?? []).map((fields) => ({ coupon: createCoupon(world, ctx, fields).id }));
  for (const { amount, discountable, off, taxes } of setting.lines)
    createInvoiceItem(world, ctx, {
      customer: customer.id,
      amount,
      currency,
      ...(discountable === undefined ? {} : { discountable }),
      discounts: coupons(off),
      tax_rates: rateIds(world, ctx, taxes),
    });
  const invoice = createInvoice(world, ctx, {
    customer,
    subscription: null,
    currency,
    lines: [],
    reason: "manual",
    period: { start: 0, end: 0 },
    finalizesAt: null,
    takesPending: true,
  });
  const target = { object: invoice, customer: customer.id, currency };
  setDiscounts(world, ctx, target, coupons(setting.off));
  invoice.default_tax_rates = rateIds(world, ctx, setting.taxes).flatMap((id) => world.taxRates[id] ?? []);
  invoice.automatic_tax.enabled = setting.automaticTax ?? false;
  recomputeInvoice(world, invoice);
  return { world, invoice, customer };
};

const amounts = ({ invoice }: { invoice: Invoice }) => ({
  subtotal: invoice.subtotal,
  subtotal_excluding_tax: invoice.subtotal_excluding_tax,
  total_excluding_tax: invoice.total_excluding_tax,
  total: invoice.total,
});

const percent = (percent_off: number): NewCoupon => ({ percent_off });
const amount = (amount_off: number, currency = "usd"): NewCoupon => ({ amount_off, currency });
const german = { address: { country: "DE" } };

describe("an invoice's amounts", () => {
  it.each<[string, Setting, [number, number, number, number]]>([
    ["plain lines", { lines: [{ amount: 1000 }, { amount: 500 }] }, [1500, 1500, 1500, 1500]],
    ["a percentage off", { lines: [{ amount: 1999 }], off: [percent(15)] }, [1999, 1999, 1699, 1699]],
    [
      "an amount off two lines",
      { lines: [{ amount: 1000 }, { amount: 500 }], off: [amount(1)] },
      [1500, 1500, 1499, 1499],
    ],
    ["more off than there is", { lines: [{ amount: 1000 }], off: [amount(5000)] }, [1000, 1000, 0, 0]],
    [
      "a line's own discount, which the subtotal already holds",
      { lines: [{ amount: 1000, off: [percent(50)] }, { amount: 1000 }], off: [percent(10)] },
      [1500, 1500, 1350, 1350],
    ],
    ["tax on top", { lines: [{ amount: 1000 }], taxes: [[20, false]] }, [1000, 1000, 1000, 1200]],
    ["tax inside", { lines: [{ amount: 1200 }], taxes: [[20, true]] }, [1200, 1000, 1000, 1200]],
    [
      "tax inside, after a discount",
      { lines: [{ amount: 1200 }], off: [percent(50)], taxes: [[20, true]] },
      [1200, 1000, 500, 600],
    ],
    [
      "a line's own rate instead of the invoice's",
      { lines: [{ amount: 1000, taxes: [[7, false]] }, { amount: 1000 }], taxes: [[19, false]] },
      [2000, 2000, 2000, 2260],
    ],
    [
      "a credit, which no discount touches and which is taxed back",
      { lines: [{ amount: 1000 }, { amount: -400 }], off: [percent(10)], taxes: [[20, false]] },
      [600, 600, 500, 600],
    ],
    [
      "yen",
      { currency: "jpy", lines: [{ amount: 1001 }], off: [percent(10)], taxes: [[10, false]] },
      [1001, 1001, 901, 991],
    ],
    [
      "dinars",
      { currency: "kwd", lines: [{ amount: 12_345 }], off: [amount(345, "kwd")], taxes: [[5, false]] },
      [12_345, 12_345, 12_000, 12_600],
    ],
    [
      "a line that no discount may touch",
      { lines: [{ amount: 1000, discountable: false }], off: [percent(10)] },
      [1000, 1000, 1000, 1000],
    ],
    [
      "automatic tax",
      { customer: german, lines: [{ amount: 1000 }], automaticTax: true },
      [1000, 1000, 1000, 1200],
    ],
    [
      "automatic tax for somebody exempt",
      { customer: { ...german, tax_exempt: "exempt" }, lines: [{ amount: 1000 }], automaticTax: true },
      [1000, 1000, 1000, 1000],
    ],
    ["automatic tax nowhere", { lines: [{ amount: 1000 }], automaticTax: true }, [1000, 1000, 1000, 1000]],
  ])("are right for %s", (_, setting, [subtotal, subtotal_excluding_tax, total_excluding_tax, total]) => {
    const expected = { subtotal, subtotal_excluding_tax, total_excluding_tax, total };
    expect(amounts(draft(setting))).toEqual(expected);
  });

  it.each([
    ["complete", german, "complete"],
    ["in need of an address", {}, "requires_location_inputs"],
  ] as const)("say that automatic tax is %s", (_, customer, status) => {
    const { invoice } = draft({ customer, lines: [{ amount: 1000 }], automaticTax: true });
    expect(invoice.automatic_tax).toMatchObject({ enabled: true, provider: "stripe", status });
  });

  it.each([
    ["none", "standard_rated", 200],
    ["exempt", "customer_exempt", 0],
    ["reverse", "reverse_charge", 0],
  ] as const)("give the reason for the tax of a customer with tax_exempt %s", (tax_exempt, reason, tax) => {
    const setting = { customer: { ...german, tax_exempt }, lines: [{ amount: 1000 }], automaticTax: true };
    expect(draft(setting).invoice.total_taxes).toMatchObject([{ amount: tax, taxability_reason: reason }]);
  });

  it("take the customer's credit into account, and keep it until the invoice is finalized", () => {
    const { invoice, customer } = draft({ lines: [{ amount: 1000 }], balance: -300 });
    expect([invoice.starting_balance, invoice.amount_due, invoice.ending_balance]).toEqual([-300, 700, null]);
    expect(customer.balance).toBe(-300);
  });
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const coupon = fc.oneof(
  fc.integer({ min: 1, max: 10_000 }).map((hundredths) => percent(hundredths / 100)),
  fc.integer({ min: 1, max: 50_000 }).map((off) => amount(off)),
);
const coupons = fc.array(coupon, { maxLength: 3 });
const taxes = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 250_000 }).map((rate) => rate / 10_000),
    fc.boolean(),
  ),
  { maxLength: 3 },
);
const line = fc.record({
  amount: fc.integer({ min: -100_000, max: 1_000_000 }),
  off: coupons,
  taxes,
});
const settings = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  off: coupons,
  taxes,
  balance: fc.integer({ min: -100_000, max: 100_000 }),
});

describe("for any lines, discounts, taxes and balance", () => {
  it("nothing appears and nothing vanishes", () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const { invoice } = draft(setting);
        const lines = invoice.lines.data;
        const discounts = invoice.total_discount_amounts ?? [];
        const totalTaxes = invoice.total_taxes ?? [];
        const added = totalTaxes.filter((tax) => tax.tax_behavior === "exclusive");
        const off = sum(discounts.map((one) => one.amount));
        expect(sum(lines.map((one) => one.amount)) - off + sum(added.map((tax) => tax.amount))).toBe(
          invoice.total,
        );
        expect(sum(lines.flatMap((one) => (one.discount_amounts ?? []).map((part) => part.amount)))).toBe(
          off,
        );
        expect(sum(lines.flatMap((one) => (one.taxes ?? []).map((tax) => tax.amount)))).toBe(
          sum(totalTaxes.map((tax) => tax.amount)),
        );
        expect(invoice.total_excluding_tax).toBe(invoice.total - sum(totalTaxes.map((tax) => tax.amount)));
        expect(invoice.amount_due).toBe(invoice.amount_remaining);
      }),
      { seed: 3, numRuns: 150 },
    );
  });

  it("no discount is negative, and none takes more than a line has or than its coupon gives", () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const { world, invoice } = draft(setting);
        for (const one of invoice.lines.data) {
          const parts = (one.discount_amounts ?? []).map((part) => part.amount);
          for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
          expect(sum(parts)).toBeLessThanOrEqual(Math.max(0, one.amount));
        }
        for (const { amount: taken, discount } of invoice.total_discount_amounts ?? []) {
          const behind = world.coupons[String(world.discounts[discount as string]?.source.coupon)];
          if (behind?.amount_off != null) expect(taken).toBeLessThanOrEqual(behind.amount_off);
        }
        expect(invoice.amount_due).toBeGreaterThanOrEqual(0);
      }),
      { seed: 4, numRuns: 150 },
    );
  });

  it("working the amounts out again changes nothing", () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const { world, invoice } = draft(setting);
        const before = structuredClone(invoice);
        recomputeInvoice(world, invoice);
        expect(invoice).toEqual(before);
      }),
      { seed: 5, numRuns: 50 },
    );
  });
});
