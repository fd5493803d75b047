import { describe, expect, it } from "vitest";
import { type Fields, hash, text } from "../params/fields.js";
import { withoutClientParams } from "./client-view.js";

const fields: Fields = { client_secret: text(), payment_method_data: hash({ type: text() }) };

describe("a call of Stripe.js", () => {
  it("may always say what Stripe.js is and where it runs", () => {
    expect(
      withoutClientParams(fields, { key: "pk_test", muid: "a", referrer: "b", return_url: "c" }),
    ).toEqual({
      return_url: "c",
    });
  });

  it("may say it about the typed payment method too", () => {
    const payment_method_data = { type: "card", guid: "a", pasted_fields: "number", colour: "red" };
    expect(withoutClientParams(fields, { payment_method_data })).toEqual({
      payment_method_data: { type: "card", colour: "red" },
    });
  });

  it("keeps what the endpoint itself takes", () => {
    expect(withoutClientParams(fields, { client_secret: "a" })).toEqual({ client_secret: "a" });
  });
});
