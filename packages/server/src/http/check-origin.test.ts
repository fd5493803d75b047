import { expect, test } from "vitest";
import { checkOrigin } from "./check-origin.js";

const trusted = new Set(["https://app.example.com", "https://www.example.com"]);
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
