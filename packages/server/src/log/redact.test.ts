import { redactText } from "@tollgate/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { describeError, redactFields } from "./redact.js";

test.each([
  ["a secret key", "Invalid API Key provided: sk_live_51Habc", "Invalid API Key provided: sk_…"],
  ["a restricted key", "rk_test_abc lacks a permission", "rk_… lacks a permission"],
  ["a webhook secret", "whsec_abc123 does not fit", "whsec_… does not fit"],
  ["a key behind an underscore", "STRIPE_sk_live_abc", "STRIPE_sk_…"],
  ["a key that the provider masked", "sk_test_****4242 is wrong", "sk_… is wrong"],
  ["a client secret", "pi_3Abc_secret_9xyz is spent", "pi_3Abc_secret_… is spent"],
  ["a checkout's client secret", "cs_test_a1_secret_fidwbEhqYWAn%2Fz", "cs_test_a1_secret_…"],
  ["a token", "got eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2ln back", "got eyJ… back"],
  ["a bearer", "sent Authorization: Bearer abcdef123", "sent Authorization: …"],
  ["a bearer without its header", "curl -H 'bearer abcdef123'", "curl -H 'bearer …'"],
  ["basic credentials", "used Basic dXNlcjpwYXNz", "used Basic …"],
  ["a cookie", "cookie: session=abc; other=def", "cookie: …"],
  ["a cookie that is set", "Set-Cookie=sid=abc; HttpOnly", "Set-Cookie=…"],
  ["a password in a URL", "connect postgres://app:hunter2@db:5432/x", "connect postgres://app:…@db:5432/x"],
  ["a password with an at sign", "postgres://app:hun@ter2@db/x failed", "postgres://app:…@db/x failed"],
  ["a password without a user", "redis://:hunter2@cache is down", "redis://:…@cache is down"],
  ["a password in a query", "GET /x?password=hunter2&a=1", "GET /x?password=…&a=1"],
  ["a password in JSON", '{"password":"hunter2","a":1}', '{"password":"…","a":1}'],
  ["a token in a query", "access_token=abc123 expired", "access_token=… expired"],
  ["a card number", "card 4242424242424242 declined", "card … declined"],
  ["a card number in groups", "card 4000 0566-5566 5556.", "card …."],
  ["a card number of 15 digits", "378282246310005", "…"],
  ["a card number that a date touches", "card 4242424242424242 12/30 cvc 123", "card … cvc …"],
  ["a card number that a row's number touches", "row 7 4242424242424242 failed", "row 7 … failed"],
  ["a card number amid other digits", "id=0004242424242424242999", "id=000…999"],
  ["a card number with no-break spaces", "card 4242\u00a04242\u00a04242\u00a04242.", "card …."],
  ["a card number with dots", "card 4242.4242.4242.4242.", "card …."],
  ["a card number with slashes", "card 4242/4242/4242/4242", "card …"],
  ["a card number with thin spaces", "card 4242\u20094242\u20094242\u20094242", "card …"],
  ["a card number with zero-width spaces", "card 4242\u200b4242\u200b4242\u200b4242", "card …"],
  ["a card number with long dashes", "card 4242–4242—4242‑4242", "card …"],
  ["a card number in a form's body", "number=4242+4242%204242%C2%A04242&a=1", "number=…&a=1"],
  ["a card number in JSON", String.raw`{"n":"4242\u00a04242\t4242 4242"}`, '{"n":"…"}'],
  ["a card number in full-width digits", "card ４２４２４２４２４２４２４２４２", "card …"],
  ["a card number in Arabic digits", "card ٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢", "card …"],
  ["a card number of 13 digits", "card 4222222222222 is old", "card … is old"],
  ["a card number of 19 digits", "card 6205500000000000004 is long", "card … is long"],
  ["a security code", "cvv: 1234, cid=123", "cvv: …, cid=…"],
  ["an organisation's key", "sk_org_live_51Habc is no account's", "sk_… is no account's"],
  ["an ephemeral key", "ek_live_YWNjdF8x is for one customer", "ek_live_… is for one customer"],
  ["a webhook secret in base64", "whsec_MfKQ9r8GK/qYwc+Tv= leaked", "whsec_… leaked"],
  ["a key by its name in camel case", "secretKey=abc123 is wrong", "secretKey=… is wrong"],
  ["a key by its name in capitals", "STRIPE_SECRET_KEY=abc123", "STRIPE_SECRET_KEY=…"],
  ["a private key by its name", "private_key=abc123&a=1", "private_key=…&a=1"],
  ["a private key in camel case", "privateKey: 'abc 123', a: 1", "privateKey: '…', a: 1"],
  ["an access key", "AccessKey => abc123", "AccessKey => …"],
  ["a client's secret by its name", '{"clientSecret":"abc","a":1}', '{"clientSecret":"…","a":1}'],
  ["a header with a key", "x-api-key: abc123", "x-api-key: …"],
  ["a signed address", "https://x.example/f?Signature=abc&a=1", "https://x.example/f?Signature=…&a=1"],
  ["a password with blanks", 'password: "correct horse battery", a: 1', 'password: "…", a: 1'],
  ["a password with a quote in it", String.raw`{"password":"hun\"ter2 x","a":1}`, '{"password":"…","a":1}'],
  [
    "a password in JSON within JSON",
    String.raw`"{\"password\":\"hun ter2\",\"a\":1}"`,
    String.raw`"{\"password\":\"…\",\"a\":1}"`,
  ],
  ["a password whose quote never ends", 'password="correct horse battery', 'password="…"'],
  [
    "several passwords",
    '{"passwords":1,"password":["hunter2","x y"],"a":1}',
    '{"passwords":1,"password":…,"a":1}',
  ],
  ["a password in an encoded query", "next=%2Fx%3Fpassword%3Dhunter2", "next=%2Fx%3Fpassword%3D…"],
  ["a password in XML", '<password type="x">hunter 2</password>', '<password type="x">…</password>'],
  ["a password on a command line", "psql --password 'hunter 2' --host db", "psql --password '…' --host db"],
  [
    "a token as a URL's user",
    "clone https://ghp_abcdefghijklmnop@git.example/x",
    "clone https://…@git.example/x",
  ],
  ["cookies with quotes in them", 'cookie: a="b"; session=c', "cookie: …"],
  ["cookies in a list", '{"cookie":["a=b","c=d"],"x":1}', '{"cookie":…,"x":1}'],
  ["cookies in JSON", '{"cookie":"a=b; c=d","x":1}', '{"cookie":"…","x":1}'],
  [
    "a checkout's page",
    "at https://checkout.stripe.com/c/pay/cs_live_a1#fidkdWxOYHwn now",
    "at https://checkout.stripe.com/… now",
  ],
  [
    "a checkout's page on an own domain",
    "(https://pay.shop.example/c/pay/cs_live_a1#fid)",
    "(https://pay.shop.example/c/pay/…)",
  ],
  ["the sandbox's checkout", "http://127.0.0.1:4242/c/pay/cs_test_a1", "http://127.0.0.1:4242/c/pay/…"],
  [
    "a portal's page",
    '{"url":"https://billing.stripe.com/p/session/live_YWNjdA"}',
    '{"url":"https://billing.stripe.com/…"}',
  ],
  [
    "a portal's page in escaped JSON",
    String.raw`"https:\/\/billing.shop.example\/p\/session\/live_YW"`,
    String.raw`"https:\/\/billing.shop.example\/p\/session\/…"`,
  ],
  [
    "an invoice's page",
    "https://invoice.stripe.com/i/acct_1/live_YWNjdA?s=ap",
    "https://invoice.stripe.com/…",
  ],
])("blanks %s", (_name, text, blanked) => {
  expect(redactText(text)).toBe(blanked);
  expect(JSON.stringify(describeError(new Error("outer", { cause: new Error(text) })))).not.toContain(text);
  expect(redactFields({ a: [{ b: text }] })).toEqual({ a: [{ b: blanked }] });
});

test.each([
  "task_force, risk_level and disk_space stay",
  "order 4242424242424241 has the wrong check digit",
  "1763721600000",
  "took from 1763721600000 to 1763721660000",
  "[1763721600000,1763721660000,1763721720000]",
  "2026-11-21 10:00:00.000",
  "21/11/2026 10.00",
  "192.168.100.100:5432 and 10.0.0.1",
  "+49 30 1234567",
  "1 763 721 600 000,00",
  "tokens: 5000 of 10000",
  "The token is expired, the password is wrong",
  "The Stripe-Signature header does not match the body.",
  "pg-boss keeps tollgate_jobs.job; uk_customers_email is its key",
  "POST /v1/checkout/sessions answered 400",
  "https://eve@app.example.com/",
  "2026-11-21T10:00:00.000Z",
  "evt_1Abc applied to sub_9 of cus_3",
  "https://app.example.com/account?tab=billing",
  "0f8fad5b-d9cb-469f-a165-70867728950e",
])("leaves %j alone", (text) => {
  expect(redactText(text)).toBe(text);
});

test("blanks by its key what has no recognisable shape", () => {
  const fields = {
    headers: { cookie: "abc", authorization: "x", "set-cookie": ["a"], accept: "json" },
    client_secret: { nested: 1 },
    cardNumber: 1,
    apiKey: "x",
    secretKey: "",
    privateKey: "x",
    private_key: "x",
    passphrase: "x",
    credentials: { user: "x" },
    signature: "x",
    pwd: "x",
    passwordless: true,
    token: null,
  };
  expect(redactFields(fields)).toEqual({
    headers: { cookie: "…", authorization: "…", "set-cookie": "…", accept: "json" },
    client_secret: "…",
    cardNumber: "…",
    apiKey: "…",
    secretKey: "…",
    privateKey: "…",
    private_key: "…",
    passphrase: "…",
    credentials: "…",
    signature: "…",
    pwd: "…",
    passwordless: true,
    token: null,
  });
});

test("makes plain data of whatever it is given", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const fields = {
    error: new TypeError("sk_live_1", { cause: "whsec_1" }),
    when: new Date(0),
    url: new URL("https://ada:hunter2@example.com/"),
    bytes: new Uint8Array(3),
    big: 10n,
    run: () => "sk_live_1",
    card: 4242424242424242,
    undefined,
    sk_live_1: 1,
    circle,
  };
  const text = JSON.stringify(redactFields(fields));
  expect(text).not.toMatch(/sk_live|whsec_1|hunter2|4242/);
  expect(JSON.parse(text)).toMatchObject({
    error: { name: "TypeError", message: "sk_…", cause: { thrown: "whsec_…" } },
    when: "1970-01-01T00:00:00.000Z",
    bytes: "(3 bytes)",
    big: "10",
  });
});

test("describes errors of every kind", () => {
  const endless = new Error("round");
  endless.cause = endless;
  expect(JSON.stringify(describeError(endless)).length).toBeLessThan(50_000);
  expect(describeError("sk_live_1 was thrown")).toEqual({ thrown: "sk_… was thrown" });
  expect(describeError(Object.create(null))).toEqual({ thrown: "(no text)" });
  const several = new AggregateError([new Error("sk_live_1"), "two"], "all failed");
  expect(describeError(several)).toMatchObject({ errors: [{ message: "sk_…" }, { thrown: "two" }] });
  const coded = Object.assign(new Error("no"), { code: "ECONNREFUSED" });
  expect(describeError(coded)).toMatchObject({ code: "ECONNREFUSED" });
  expect(describeError(Object.assign(new Error("no"), { code: { a: 1 } }))).not.toHaveProperty("code");
});

test.each([
  ["word characters", "a".repeat(1_000_000)],
  ["digits", "4".repeat(1_000_000)],
  ["grouped digits", "4 ".repeat(500_000)],
  ["beginnings of URLs", "a://a:".repeat(200_000)],
  ["beginnings of keys", "password=".repeat(100_000)],
  ["beginnings of tokens", "eyJaaaaaa.".repeat(100_000)],
  ["spaces after a word", `password${" ".repeat(1_000_000)}`],
  ["openings of quotes", `password="${"\\\\".repeat(500_000)}`],
  ["beginnings of private keys", "-----BEGIN PRIVATE KEY-----".repeat(40_000)],
  ["encoded blanks between digits", "4%20".repeat(250_000)],
  ["names of headers", "cookie:".repeat(150_000)],
  ["tags", "<password ".repeat(100_000)],
])(
  "takes a megabyte of %s in its stride, and keeps no more than a row can hold",
  { timeout: 5_000 },
  (_name, text) => {
    expect(redactText(text).length).toBeLessThan(10_000);
  },
);

test("recognises a secret that lies across the cut", () => {
  const text = `${"x ".repeat(3_995)}sk_live_abcdefghijklmnopqrstuvwxyz`;
  expect(redactText(text)).not.toContain("sk_live");
});

const cardNumbers = [
  ...["4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222", "5200828282828210"],
  ...["378282246310005", "371449635398431", "6011111111111117", "6011000990139424", "3056930009020004"],
  ...["36227206271667", "6555900000604105", "3566002020360505", "6200000000000005", "6205500000000000004"],
  ...["4222222222222", "4000000000000002", "2200000000000004", "6759649826438453"],
];
const parting = [
  "",
  " ",
  "-",
  ".",
  "/",
  "\\",
  "_",
  "+",
  "\u00a0",
  "\u2009",
  "\u200b",
  "–",
  "\t",
  " - ",
  "%20",
  "\\n",
  "·",
];

test("no card number survives, in whatever text, however it is written and whatever touches it", () => {
  const card = fc.constantFrom(...cardNumbers);
  const between = fc.array(fc.constantFrom(...parting), { minLength: 18, maxLength: 18 });
  const digits = fc.constantFrom("ascii", "full width");
  // Up to three other digits on either side, and anything beyond those.
  const touching = fc.stringMatching(/^\d{0,3}$/);
  const text = fc
    .string({ unit: "binary", maxLength: 60 })
    .map((one) => one.replace(/\p{Nd}+$|^\p{Nd}+/gu, ""));
  const parts = fc.record({
    card,
    between,
    digits,
    left: touching,
    right: touching,
    before: text,
    after: text,
  });
  fc.assert(
    fc.property(parts, ({ card, between, digits, left, right, before, after }) => {
      const written = [...card].map((one) =>
        digits === "ascii" ? one : String.fromCharCode(one.charCodeAt(0) + 0xfee0),
      );
      const number = written.map((one, n) => one + (n === written.length - 1 ? "" : between[n])).join("");
      const safe = redactText(`${before} ${left}${number}${right} ${after}`);
      const rest = safe
        .normalize("NFKC")
        .replace(/%20|\\n/g, "")
        .replace(/\D/g, "");
      expect(rest).not.toContain(card);
      expect(safe).not.toContain(number);
    }),
    { seed: 20_261_129, numRuns: 3_000 },
  );
});
