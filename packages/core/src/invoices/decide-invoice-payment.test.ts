import { describe, expect, it } from "vitest";
import { BillingError } from "../language/errors.js";
import { decideInvoicePayment } from "./decide-invoice-payment.js";

describe("decideInvoicePayment", () => {
  it("lets an open one be paid", () => {
    const open = { status: "open", due: 900 } as const;
    expect(decideInvoicePayment(open)).toBe(open);
  });

  it.each(["draft", "paid", "void", "uncollectible"] as const)(
    "refuses one that is %s, and says so",
    (status) => {
      const refused = () => decideInvoicePayment({ status });
      expect(refused).toThrow(BillingError);
      expect(refused).toThrow(
        expect.objectContaining({ code: "invoice_not_open", status: 409, details: { status } }),
      );
    },
  );

  it("does not find what is missing or somebody else's", () => {
    expect(() => decideInvoicePayment(null)).toThrow(
      expect.objectContaining({ code: "not_found", status: 404 }),
    );
  });
});
