import { describe, expect, it } from "vitest";
import { flag, hash, integer, list, metadata, text } from "../params/fields.js";
import type { Method, Route } from "../params/route.js";
import { checkSimulated, createNotes, unusedParams } from "./note-unused.js";
import { routes } from "./routes.js";

const route = (simulated?: readonly string[]): Route => ({
  method: "POST" satisfies Method,
  path: "/v1/things",
  fields: {
    name: text(),
    metadata: metadata(),
    address: hash({ city: text(), country: text() }),
    items: list(hash({ price: text(), discounts: list(hash({ coupon: text() })) })),
    options: { kind: "map", required: false, of: hash({ amount: integer(), tax: flag() }) },
  },
  ...(simulated ? { simulated } : {}),
  publishable: false,
  run: () => ({}),
});

describe("parameters without effect", () => {
  it.each([
    ["what is simulated", ["name"], { name: "x" }, []],
    ["what is not", ["name"], { address: { city: "x" } }, ["address"]],
    ["everything under a simulated path", ["address"], { address: { city: "x" } }, []],
    [
      "the rest of a partly simulated hash",
      ["address.city"],
      { address: { city: "x", country: "y" } },
      ["address.country"],
    ],
    [
      "lists, once for all their items",
      ["items.price"],
      { items: [{ discounts: [] }, { discounts: [] }] },
      ["items.discounts"],
    ],
    [
      "maps, whatever their keys",
      ["options.amount"],
      { options: { usd: { amount: 1, tax: true } } },
      ["options.tax"],
    ],
    ["what is switched off, which it is anyway", ["name"], { address: { enabled: false } }, []],
    ["what is switched on", ["name"], { address: { enabled: true } }, ["address"]],
    ["a cleared hash", ["address.city"], { address: null }, []],
    ["metadata as a whole", ["name"], { metadata: { a: "1" } }, ["metadata"]],
  ])("tells %s apart", (_, simulated, params, unused) => {
    expect(unusedParams(route(simulated), params)).toEqual(unused);
  });

  it("notes nothing for a route whose parameters all have an effect", () => {
    expect(unusedParams(route(), { address: {} })).toEqual([]);
  });

  it("are noted once for each endpoint", () => {
    const lines: string[] = [];
    const note = createNotes((line) => lines.push(line));
    note(route(["name"]), { address: {} });
    note(route(["name"]), { address: {}, metadata: {} });
    expect(lines).toEqual([
      "Sandbox: POST /v1/things takes `address` but does nothing with it.",
      "Sandbox: POST /v1/things takes `metadata` but does nothing with it.",
    ]);
  });
});

describe("every route", () => {
  it("simulates only parameters that its endpoint has", () => {
    expect(() => checkSimulated(route(["items.discounts.coupon", "options.tax"]))).not.toThrow();
    expect(() => checkSimulated(route(["items.colour"]))).toThrow(
      "POST /v1/things has no parameter items.colour",
    );
    for (const each of routes) checkSimulated(each);
  });
});
