import { expect, test } from "vitest";
import { widenContentSecurityPolicy } from "./widen-content-security-policy.js";

const payments = {
  "script-src": ["https://js.example"],
  "frame-src": ["https://js.example", "https://hooks.example"],
  "form-action": ["https://pay.example"],
};

test.each([
  ["nothing is limited, nothing is added", "", ""],
  [
    "a directive that is there gets the hosts too",
    "script-src 'self'",
    "script-src 'self' https://js.example",
  ],
  [
    "one that is missing starts from the default",
    "default-src 'self'",
    "default-src 'self'; script-src 'self' https://js.example; frame-src 'self' https://js.example https://hooks.example",
  ],
  [
    "frames start from child-src before the default",
    "default-src 'none'; child-src blob:; script-src 'none'",
    "default-src 'none'; child-src blob:; script-src https://js.example; frame-src blob: https://js.example https://hooks.example",
  ],
  ["'none' goes when something is allowed", "form-action 'NONE'", "form-action https://pay.example"],
  ["forms have no fallback", "img-src 'self'", "img-src 'self'"],
  [
    "scripts that are loaded by a directive of their own",
    "script-src 'self'; script-src-elem 'nonce-abc='",
    "script-src 'self' https://js.example; script-src-elem 'nonce-abc=' https://js.example",
  ],
  [
    "what is allowed already is not repeated",
    "script-src https://js.example",
    "script-src https://js.example",
  ],
  [
    "names in any case, spaces anywhere, the first of two",
    " Script-Src   'self' ;; SCRIPT-SRC https://later.example ; upgrade-insecure-requests",
    "script-src 'self' https://js.example; upgrade-insecure-requests",
  ],
])("%s", (_name, own, header) => {
  expect(widenContentSecurityPolicy(own, payments)).toBe(header);
});

test("takes directives as an object too", () => {
  const own = { "default-src": ["'self'"], "frame-ancestors": ["'none'"] };
  expect(widenContentSecurityPolicy(own, { "connect-src": ["https://api.example"] })).toBe(
    "default-src 'self'; frame-ancestors 'none'; connect-src 'self' https://api.example",
  );
});

test.each([
  ["a semicolon", { "script-src": ["https://a.example; report-uri https://evil.example"] }],
  ["a comma, which starts another policy", { "script-src": ["https://a.example,default-src"] }],
  ["a line break", { "script-src": ["https://a.example\r\nset-cookie:"] }],
  ["a name of several words", { "script-src 'self'": [] }],
])("refuses a source with %s", (_name, own: Record<string, string[]>) => {
  expect(() => widenContentSecurityPolicy(own, payments)).toThrowError(
    expect.objectContaining({ code: "invalid_options" }),
  );
});
