import { describe, expect, it } from "vitest";
import type { PaymentMethod, SavedPaymentMethod } from "../language/payment-method.js";
import { decideRemoval } from "./decide-removal.js";
import { markDefault, type RenewingSubscription } from "./mark-default.js";

const now = new Date("2026-11-21T00:00:00Z");
const card = (id: string, more: Partial<SavedPaymentMethod> = {}): SavedPaymentMethod => ({
  ...{ id, brand: "visa", last4: "4242", expiresAt: "2034-01-01T00:00:00.000Z" },
  ...{ createdAt: "2026-01-01T00:00:00.000Z", isDefault: false, renews: [] },
  ...more,
});
const paying = { renews: ["sub_1"] };
const later = { createdAt: "2026-06-01T00:00:00.000Z" };
const expired = { expiresAt: "2026-11-01T00:00:00.000Z" };

describe("decideRemoval", () => {
  it.each<[string, readonly SavedPaymentMethod[], string | null]>([
    ["alone and pays for nothing", [card("a")], null],
    ["the default and pays for nothing", [card("a", { isDefault: true }), card("b")], null],
    ["what pays, and another is there", [card("a", paying), card("b")], "b"],
    ["what pays, and several are there: the newest", [card("b"), card("a", paying), card("c", later)], "c"],
    [
      "what pays, and not the default",
      [card("b", { isDefault: true }), card("a", paying), card("c", later)],
      "b",
    ],
    [
      "what pays, and one of the others ran out",
      [card("a", paying), card("b", { ...later, ...expired }), card("c")],
      "c",
    ],
    [
      "what pays, and the other never runs out",
      [card("a", paying), card("b", { expiresAt: null, createdAt: null })],
      "b",
    ],
  ])("takes away what is %s", (_, methods, successor) => {
    expect(decideRemoval({ methods, id: "a", now })).toEqual({ id: "a", successor });
  });

  it.each<[string, readonly SavedPaymentMethod[]]>([
    ["the only one", [card("a", paying)]],
    ["the only one that has not run out", [card("a", paying), card("b", expired)]],
    ["paying although it has run out", [card("a", { ...paying, ...expired })]],
  ])("keeps what pays a subscription and is %s", (_, methods) => {
    expect(() => decideRemoval({ methods, id: "a", now })).toThrow(
      expect.objectContaining({ code: "payment_method_in_use", status: 409 }),
    );
  });

  it("does not find what is somebody else's", () => {
    expect(() => decideRemoval({ methods: [card("b")], id: "a", now })).toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
  });
});

describe("markDefault", () => {
  const methods: PaymentMethod[] = ["a", "b"].map((id) => ({
    ...{ id, brand: "visa", last4: "4242", expiresAt: null, createdAt: null },
  }));
  const sub = (id: string, paymentMethodId: string | null): RenewingSubscription => ({ id, paymentMethodId });

  it.each<
    [
      string,
      string | null,
      readonly RenewingSubscription[],
      Readonly<Record<string, readonly string[]>>,
      string | null,
    ]
  >([
    ["nothing is named", null, [], { a: [], b: [] }, null],
    ["the customer names one", "a", [sub("1", null)], { a: ["1"], b: [] }, "a"],
    ["only the subscription names one", null, [sub("1", "b")], { a: [], b: ["1"] }, "b"],
    ["two subscriptions name two", null, [sub("1", "b"), sub("2", "a")], { a: ["2"], b: ["1"] }, "b"],
    ["customer and subscription differ", "a", [sub("1", "b"), sub("2", null)], { a: ["2"], b: ["1"] }, "a"],
    ["every subscription names another than the customer", "a", [sub("1", "b")], { a: [], b: ["1"] }, "b"],
    [
      "a subscription waits for a way of paying",
      null,
      [sub("1", null), sub("2", "b")],
      { a: [], b: ["2"] },
      "b",
    ],
    ["what is named is not on file any more", "c", [sub("1", null)], { a: [], b: [] }, null],
  ])("where %s", (_, customerDefault, subscriptions, renews, standard) => {
    const marked = markDefault({ methods, customerDefault, subscriptions });
    expect(Object.fromEntries(marked.map((one) => [one.id, one.renews]))).toEqual(renews);
    expect(marked.find(({ isDefault }) => isDefault)?.id ?? null).toBe(standard);
  });
});
