import fc from "fast-check";
import { oddText } from "./odd-values.js";

/** Stands for whoever opened the checkout that the path names. */
export const owner = "(owner)";

const user = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("ada", "bob", "eve") },
  // People about whom events tell lies.
  { weight: 2, arbitrary: fc.constantFrom("dan", "fay") },
  // People who buy for the first time.
  { weight: 3, arbitrary: fc.nat(500).map((number) => `new_${number}`) },
  { weight: 1, arbitrary: fc.constantFrom("__proto__", "o'brien", "a b", "constructor") },
);

/** What a browser sends from a page of the app. */
export function ordinaryHeaders(of: fc.Arbitrary<string> = user) {
  return fc.record({
    "x-user": of,
    "x-role": fc.constant("manager"),
    "content-type": fc.constant("application/json"),
    origin: fc.constant("https://app.example.com"),
    "sec-fetch-site": fc.constant("same-origin"),
  });
}

/** What anything may send. */
const oddHeaders = fc.record(
  {
    "x-user": fc.option(user, { freq: 5, nil: "" }),
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

export const headers: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 2, arbitrary: ordinaryHeaders() },
  { weight: 1, arbitrary: oddHeaders },
);
