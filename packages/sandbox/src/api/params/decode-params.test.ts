import { describe, expect, it } from "vitest";
import { StripeError, type StripeErrorBody } from "../../engine/world/stripe-error.js";
import { decodeParams } from "./decode-params.js";
import {
  choice,
  clearable,
  either,
  type Fields,
  flag,
  hash,
  integer,
  list,
  metadata,
  range,
  required,
  text,
} from "./fields.js";

const fields: Fields = {
  active: flag(),
  amount: { ...integer(1), maximum: 100 },
  anchor: either(choice("now"), integer()),
  created: range(),
  decimal: { kind: "decimal", required: false },
  description: { ...text(), clearable: true },
  discounts: clearable(list(hash({ coupon: text() }))),
  interval: choice("day", "month", "week"),
  items: list(hash({ price: required(text()), quantity: integer(0) })),
  metadata: metadata(),
  name: text(),
  options: { kind: "map", required: false, of: hash({ amount: required(integer()) }) },
  percent: { kind: "number", required: false },
  side: choice("left", "right"),
};

const refusal = (given: Record<string, unknown>, known: Fields = fields): StripeErrorBody => {
  try {
    decodeParams(known, given);
  } catch (thrown) {
    if (thrown instanceof StripeError) return thrown.body;
    throw thrown;
  }
  throw new Error("This was expected to be refused.");
};

describe("decodeParams reads", () => {
  it.each([
    ["a flag", { active: "true" }, { active: true }],
    ["an integer", { amount: "5" }, { amount: 5 }],
    ["either form of a union", { anchor: "now" }, { anchor: "now" }],
    ["the other form", { anchor: "17" }, { anchor: 17 }],
    ["an exact time", { created: "17" }, { created: 17 }],
    ["a range of time", { created: { gte: "1", lt: "9" } }, { created: { gte: 1, lt: 9 } }],
    ["a decimal as the text that it is", { decimal: "0.000000000001" }, { decimal: "0.000000000001" }],
    ["a number with decimals", { percent: "12.5" }, { percent: 12.5 }],
    [
      "a list by positions, out of order and with holes",
      { items: { 7: { price: "b" }, 2: { price: "a" } } },
      { items: [{ price: "a" }, { price: "b" }] },
    ],
    [
      "a map with keys of its own",
      { options: { eur: { amount: "1" } } },
      { options: { eur: { amount: 1 } } },
    ],
    ["a cleared list", { discounts: "" }, { discounts: null }],
    ["cleared metadata", { metadata: "" }, { metadata: null }],
    ["an unset key of metadata", { metadata: { a: "" } }, { metadata: { a: "" } }],
    ["a cleared text as an empty one", { description: "" }, { description: "" }],
  ])("%s", (_, given, decoded) => {
    expect(decodeParams(fields, given)).toEqual(decoded);
  });
});

describe("decodeParams refuses", () => {
  it.each([
    [
      "an unknown parameter",
      { colour: "x" },
      "parameter_unknown",
      "colour",
      "Received unknown parameter: colour",
    ],
    ["several", { a: "x", b: "x" }, "parameter_unknown", "a", "Received unknown parameters: a, b"],
    [
      "a name of every object",
      { constructor: "x" },
      "parameter_unknown",
      "constructor",
      "Received unknown parameter: constructor",
    ],
    [
      "one inside a list",
      { items: [{ price: "a", x: "1" }] },
      "parameter_unknown",
      "items[0][x]",
      "Received unknown parameter: items[0][x]",
    ],
    [
      "one inside a hash that may be a number too",
      { created: { since: "1" } },
      "parameter_unknown",
      "created[since]",
      "Received unknown parameter: created[since]",
    ],
    [
      "a missing one",
      { items: [{}] },
      "parameter_missing",
      "items[0][price]",
      "Missing required param: items[0][price].",
    ],
    [
      "a blank text where one is required",
      { items: [{ price: " " }] },
      "parameter_invalid_string_blank",
      "items[0][price]",
      undefined,
    ],
    ["an empty value that can't be unset", { name: "" }, "parameter_invalid_empty", "name", undefined],
    [
      "letters for an integer",
      { amount: "ten" },
      "parameter_invalid_integer",
      "amount",
      "Invalid integer: ten",
    ],
    [
      "decimals for an integer",
      { amount: "1.5" },
      "parameter_invalid_integer",
      "amount",
      "Invalid integer: 1.5",
    ],
    [
      "an integer below the least",
      { amount: "0" },
      "parameter_invalid_integer",
      "amount",
      "This value must be greater than or equal to 1.",
    ],
    [
      "an integer above the most",
      { amount: "101" },
      "parameter_invalid_integer",
      "amount",
      "This value must be less than or equal to 100.",
    ],
    [
      "thirteen decimal places",
      { decimal: "0.0000000000001" },
      "parameter_invalid_decimal",
      "decimal",
      undefined,
    ],
    ["a flag that is none", { active: "maybe" }, undefined, "active", "Invalid boolean: maybe"],
    [
      "a choice of three",
      { interval: "hour" },
      undefined,
      "interval",
      "Invalid interval: must be one of day, month, or week",
    ],
    ["a choice of two", { side: "up" }, undefined, "side", "Invalid side: must be one of left or right"],
    ["a text for a list", { items: "x" }, undefined, "items", "Invalid array"],
    ["a text for a hash", { items: ["x"] }, undefined, "items[0]", "Invalid object"],
    ["a text for metadata", { metadata: "x" }, undefined, "metadata", "Invalid object"],
    ["a hash for a text", { name: { a: "1" } }, undefined, "name", 'Invalid string: {"a":"1"}'],
    [
      "a text that is too long",
      { name: "x".repeat(5001) },
      undefined,
      "name",
      "Invalid string: xxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxx; must be at most 5000 characters",
    ],
    ["a null byte", { name: "a\0b" }, undefined, "name", "Invalid string: must not contain null bytes"],
    [
      "a null byte in metadata",
      { metadata: { a: "\0" } },
      undefined,
      "metadata[a]",
      "Invalid string: must not contain null bytes",
    ],
    ["a long key of metadata", { metadata: { ["k".repeat(41)]: "1" } }, undefined, "metadata", undefined],
    ["a long value of metadata", { metadata: { a: "v".repeat(501) } }, undefined, "metadata[a]", undefined],
    [
      "too much metadata",
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, key) => [key, "1"])) },
      undefined,
      "metadata",
      undefined,
    ],
  ])("%s", (_, given, code, param, message) => {
    const body = refusal(given);
    expect([body.type, body.code, body.param]).toEqual(["invalid_request_error", code, param]);
    if (message) expect(body.message).toBe(message);
    if (code) expect(body.doc_url).toBe(`https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`);
  });
});
