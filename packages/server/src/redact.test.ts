import { redactText } from "@tollgate/core";
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
])("blanks %s", (_name, text, blanked) => {
  expect(redactText(text)).toBe(blanked);
  expect(JSON.stringify(describeError(new Error("outer", { cause: new Error(text) })))).not.toContain(text);
  expect(redactFields({ a: [{ b: text }] })).toEqual({ a: [{ b: blanked }] });
});

test.each([
  "task_force, risk_level and disk_space stay",
  "order 4242424242424241 has the wrong check digit",
  "1763721600000",
  "2026-11-21T10:00:00.000Z",
  "evt_1Abc applied to sub_9 of cus_3",
  "https://app.example.com/account?tab=billing",
  "0f8fad5b-d9cb-469f-a165-70867728950e",
])("leaves %j alone", (text) => {
  expect(redactText(text)).toBe(text);
});

test("blanks by key what has no shape", () => {
  const fields = {
    headers: { cookie: "abc", authorization: "x", "set-cookie": ["a"], accept: "json" },
    client_secret: { nested: 1 },
    cardNumber: 1,
    apiKey: "x",
    secretKey: "",
    passwordless: true,
    token: null,
  };
  expect(redactFields(fields)).toEqual({
    headers: { cookie: "…", authorization: "…", "set-cookie": "…", accept: "json" },
    client_secret: "…",
    cardNumber: "…",
    apiKey: "…",
    secretKey: "…",
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

test("describes errors of every make", () => {
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
])("takes a megabyte of %s in its stride", (_name, text) => {
  const start = performance.now();
  const safe = redactText(text);
  expect(performance.now() - start).toBeLessThan(250);
  expect(safe.length).toBeLessThan(10_000);
});

test("recognises a secret that lies across the cut", () => {
  const text = `${"x ".repeat(3_995)}sk_live_abcdefghijklmnopqrstuvwxyz`;
  expect(redactText(text)).not.toContain("sk_live");
});
