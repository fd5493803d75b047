import fc from "fast-check";

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

export interface FuzzEvent {
  readonly index: number;
  readonly changes: readonly { readonly walk: readonly number[]; readonly to: unknown }[];
  readonly type: string | null;
  /** The same id again is a replay. */
  readonly fresh: boolean;
  readonly signed: "well" | "late" | "by a stranger" | "not" | "for other bytes";
}

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: FuzzBody;
}

const oddText = fc.constantFrom(
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "undefined",
  "NaN",
  "-1",
  "'; DROP TABLE events; --",
  "../../etc/passwd",
  "%00",
  "%",
  "\u0000",
  "\ud800",
  "\ufeff",
  "日本語🏳️‍🌈",
  "{CHECKOUT_ID}",
  "javascript:alert(1)",
  "sk_live_51Habcdef",
  "a".repeat(300),
);
const text = fc.oneof(oddText, fc.string({ unit: "binary", maxLength: 40 }));
const scalar = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, -0, 2 ** 53, [], {}, [[]], {
    __proto__: null,
  }),
  fc.integer(),
);
const anything = fc.oneof(scalar, fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }));

const fields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
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

const sensibleBody = fc.constantFrom(
  '{"planId":"starter","interval":"month"}',
  '{"planId":"pro","interval":"year","currency":"eur"}',
  '{"planId":"team","interval":"month","quantity":3}',
  '{"productId":"credits","quantity":2,"returnUrl":"/done"}',
  "{}",
  '{"flow":"cancel"}',
);

const json = fc.oneof(
  { weight: 4, arbitrary: almostBody },
  { weight: 3, arbitrary: sensibleBody },
  { weight: 2, arbitrary: anything.map((value) => JSON.stringify(value) ?? "") },
);
const truncated = fc.tuple(json, fc.nat(60)).map(([whole, length]) => whole.slice(0, length));

const plainBody: fc.Arbitrary<FuzzBody> = fc.oneof(
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

/** Types that change something, on whatever object the event happens to carry. */
const eventType = fc.constantFrom(
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.trial_will_end",
  "customer.subscription.paused",
  "customer.deleted",
  "checkout.session.completed",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "charge.refunded",
  "v1.customer.subscription.updated",
  "nothing.that.exists",
  "__proto__",
);

const event: fc.Arbitrary<FuzzEvent> = fc.record({
  index: fc.nat(1_000),
  changes: fc.array(
    fc.record({
      walk: fc.array(fc.nat(50), { maxLength: 6 }),
      to: fc.oneof(anything, fc.constant(undefined)),
    }),
    { maxLength: 3 },
  ),
  type: fc.option(eventType, { freq: 3 }),
  fresh: fc.boolean(),
  signed: fc.oneof(
    { weight: 12, arbitrary: fc.constant("well" as const) },
    { weight: 1, arbitrary: fc.constantFrom("late", "by a stranger", "not", "for other bytes") },
  ),
});

const user = fc.constantFrom("ada", "bob", "eve", "__proto__", "o'brien", "a b", "constructor");
const headers = fc.record(
  {
    "x-user": fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("ada", "bob", "eve") },
      { weight: 1, arbitrary: user },
    ),
    "x-role": fc.constantFrom("manager", "manager", "manager", "member", "admin"),
    "content-type": fc.oneof(
      { weight: 10, arbitrary: fc.constant("application/json") },
      fc.constantFrom(
        "application/json; charset=utf-16",
        "text/plain",
        "",
        "multipart/form-data",
        "a/b, application/json",
      ),
    ),
    origin: fc.oneof(
      { weight: 8, arbitrary: fc.constant("https://app.example.com") },
      fc.constantFrom(
        "https://evil.example",
        "null",
        "",
        "http://[",
        "https://app.example.com, https://evil.example",
      ),
    ),
    "sec-fetch-site": fc.oneof(
      { weight: 8, arbitrary: fc.constant("same-origin") },
      fc.constantFrom("cross-site", "same-site", "none", "odd"),
    ),
    "content-length": fc.constantFrom("0", "2", "99999999", "-1"),
    "content-encoding": fc.constantFrom("gzip", "br", "odd"),
    "stripe-signature": fc.oneof(
      oddText,
      fc.constantFrom("t=1,v1=00", "t=,v1=", "v1=abc", `t=1${",v1=".repeat(40)}`),
    ),
    cookie: fc.constantFrom("session=1", "tollgate_access=eyJhbGciOiJub25lIn0.e30.", "=;=;"),
    "x-http-method-override": fc.constantFrom("POST", "DELETE"),
    "x-forwarded-host": fc.constantFrom("evil.example", "app.example.com"),
    accept: fc.constantFrom("text/html", "*/*"),
  },
  { requiredKeys: ["x-user", "content-type"] },
);

const knownPath = fc.constantFrom("/plans", "/access", "/checkout", "/portal", "/webhook/stripe");
const checkoutPath = fc.oneof(
  fc.nat(20).map((index) => `/checkout/opened-${index}`),
  text.map((id) => `/checkout/${encode(id)}`),
);
const oddPath = fc.oneof(
  fc.constantFrom(
    "",
    "/",
    "//",
    "/webhook/paddle",
    "/webhook/__proto__",
    "/plans/",
    "/PLANS",
    "/%2e%2e/access",
    "/*",
    "/:id",
  ),
  text.map((segment) => `/${encode(segment)}`),
);
const query = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  fc.constantFrom(
    "?currency=eur",
    "?currency=xxx",
    "?currency=EUR",
    "?__proto__=1",
    "?a[b]=c",
    "?%",
    "?currency=%ff",
  ),
  fc.webQueryParameters().map((pairs) => `?${pairs}`),
);

/** A request to any route, well-formed, almost, or not at all. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      method: fc.constant("POST"),
      path: fc.constantFrom("/checkout", "/portal"),
      headers,
      body: plainBody,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      method: fc.constant("POST"),
      path: fc.constant("/webhook/stripe"),
      headers,
      body: fc.oneof(
        { weight: 6, arbitrary: event.map((one) => ({ kind: "event", event: one }) as const) },
        { weight: 1, arbitrary: plainBody },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      method: fc.constantFrom("GET", "GET", "HEAD"),
      path: fc
        .tuple(
          fc.oneof({ weight: 2, arbitrary: knownPath }, { weight: 2, arbitrary: checkoutPath }, oddPath),
          query,
        )
        .map(([path, search]) => `${path}${search}`),
      headers,
      body: fc.constant<FuzzBody>({ kind: "none" }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      method: fc.constantFrom("PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "post", "POST"),
      path: fc.oneof(knownPath, checkoutPath, oddPath),
      headers,
      body: plainBody,
    }),
  },
);

/** Lone surrogates have no UTF-8. */
function encode(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd"));
}
