import { expect, test } from "vitest";
import { checkOrigin, unnamedOrigin } from "./check-origin.js";

const trusted = {
  appOrigin: "https://app.example.com",
  trustedOrigins: new Set(["https://app.example.com", "https://www.example.com"]),
};
const json = { "content-type": "application/json" };

function post(headers: Record<string, string>): Request {
  return new Request("https://app.example.com/api/billing/checkout", { method: "POST", headers, body: "{}" });
}

test.each([
  ["the app's own page", { ...json, origin: "https://app.example.com", "sec-fetch-site": "same-origin" }],
  ["an older browser on the app's page", { ...json, origin: "https://app.example.com" }],
  ["an allowed origin", { ...json, origin: "https://www.example.com", "sec-fetch-site": "same-site" }],
  ["what is not a browser", json],
  ["JSON with a charset", { "content-type": "Application/JSON; charset=utf-8" }],
])("lets in %s", (_name, headers) => {
  expect(() => checkOrigin(post(headers), trusted)).not.toThrow();
});

test.each([
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another site in an older browser", { origin: "https://evil.example" }],
  ["a sibling that is not allowed", { origin: "https://blog.example.com", "sec-fetch-site": "same-site" }],
  ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["another site that hides its origin", { "sec-fetch-site": "cross-site" }],
  ["the app's host without TLS", { origin: "http://app.example.com" }],
])("refuses %s", (_name, headers) => {
  expect(() => checkOrigin(post({ ...json, ...headers }), trusted)).toThrowError(
    expect.objectContaining({ code: "cross_origin", status: 403 }),
  );
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/jsonp",
])("refuses %s, which a form of another site could send", (type) => {
  expect(() => checkOrigin(post({ "content-type": type }), trusted)).toThrowError(
    expect.objectContaining({ code: "unsupported_media_type", status: 415 }),
  );
});

test("says where the request comes from, where the app is, and which option would let it in", () => {
  const refuse = () => checkOrigin(post({ ...json, origin: "http://localhost:5173" }), trusted);
  for (const words of ["(http://localhost:5173)", "`appUrl` is https://app.example.com.", "`allowedOrigins`"])
    expect(refuse).toThrow(words);
});

test.each([
  "null",
  "https://a.example, https://b.example",
  "javascript:alert(1)",
  "<script>",
  "https://a.example/x",
])("never repeats %j, which is not an origin", (origin) => {
  const refuse = () => checkOrigin(post({ ...json, origin, "sec-fetch-site": "cross-site" }), trusted);
  expect(refuse).toThrow("from another site than the app");
  expect(unnamedOrigin(post({ origin }), trusted)).toBeNull();
});

test("distinguishes the origin of the app's own page from those that the options name", () => {
  const own = { ...json, "sec-fetch-site": "same-origin" };
  const local = post({ ...own, origin: "http://127.0.0.1:3000" });
  expect(() => checkOrigin(local, trusted)).not.toThrow();
  expect(unnamedOrigin(local, trusted)).toBe("http://127.0.0.1:3000");
  expect(unnamedOrigin(post({ ...own, origin: "https://www.example.com" }), trusted)).toBeNull();
  expect(unnamedOrigin(post(own), trusted)).toBeNull();
});
