import fc from "fast-check";
import { everyRoute } from "../attack-routes.js";
import { type FuzzEvent, fuzzEvent } from "./fuzz-event.js";
import { anything, text } from "./odd-values.js";

/** A body as plain data, so that a counterexample can be read. */
export type FuzzBody =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "filler"; readonly character: string; readonly length: number }
  /** Breaks off after these bytes. */
  | { readonly kind: "broken"; readonly text: string }
  /** One of the provider's events, mangled, then signed. */
  | { readonly kind: "event"; readonly event: FuzzEvent };

/** What the contract's examples say for a key. */
const said = everyRoute.flatMap(({ route }) =>
  (route.examples ?? []).flatMap((body) => Object.entries(body)),
);
const saidOf = (key: string) => said.filter(([name]) => name === key).map(([, value]) => value);

const fields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...Object.fromEntries(said.map(([key]) => [key, fc.constantFrom<unknown>(...saidOf(key))])),
  // And what is close to it.
  planId: fc.constantFrom<unknown>("starter", "pro", "team", "care", "free", "enterprise", "nothing"),
  productId: fc.constantFrom<unknown>("credits", "boat"),
  interval: fc.constantFrom<unknown>("month", "year", "week"),
  currency: fc.constantFrom<unknown>("usd", "eur", "xxx", "USD"),
  quantity: fc.constantFrom<unknown>(1, 2, 50, 0, -1, 1e9, "1"),
  returnUrl: fc.constantFrom<unknown>(
    "/",
    "/done?a=b#c",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
  ),
  cancelUrl: fc.constantFrom<unknown>("/", "/back", "javascript:alert(1)"),
  flow: fc.constantFrom<unknown>("cancel", "update_payment_method", "switch_plan", "delete"),
};

/** Some of the known keys, mostly with values that make sense, sometimes with an unknown key beside them. */
const almostBody = fc
  .record(
    {
      ...Object.fromEntries(
        Object.entries(fields).map(([key, likely]) => [
          key,
          fc.oneof({ weight: 6, arbitrary: likely }, { weight: 1, arbitrary: anything }),
        ]),
      ),
      extra: fc.option(fc.tuple(text, anything), { freq: 4 }),
    },
    { requiredKeys: [] },
  )
  .map(({ extra, ...body }) => JSON.stringify(extra ? { ...body, [extra[0]]: extra[1] } : body));

const json = fc.oneof(
  { weight: 5, arbitrary: almostBody },
  { weight: 2, arbitrary: anything.map((value) => JSON.stringify(value) ?? "") },
);
const truncated = fc.tuple(json, fc.nat(60)).map(([whole, length]) => whole.slice(0, length));

/** Anything that somebody may send. */
export const oddBody: fc.Arbitrary<FuzzBody> = fc.oneof(
  { weight: 8, arbitrary: json.map((one) => ({ kind: "text", text: one }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "none" } as const) },
  { weight: 2, arbitrary: truncated.map((one) => ({ kind: "text", text: one }) as const) },
  { weight: 1, arbitrary: text.map((one) => ({ kind: "text", text: one }) as const) },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ kind: "bytes", bytes }) as const),
  },
  { weight: 1, arbitrary: truncated.map((one) => ({ kind: "broken", text: one }) as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("filler" as const),
      character: fc.constantFrom(" ", "[", '{"a":', "9", '"'),
      length: fc.constantFrom(1_000, 64 * 1024, 64 * 1024 + 1, 300_000),
    }),
  },
);

/** What the contract gives as an example, as the kit's own components send it. */
export function sensibleBody(examples: readonly object[]): fc.Arbitrary<FuzzBody> {
  return fc.constantFrom(...examples).map((body) => ({ kind: "text", text: JSON.stringify(body) }) as const);
}

export const eventBody: fc.Arbitrary<FuzzBody> = fuzzEvent.map(
  (event) => ({ kind: "event", event }) as const,
);
