import type { WebhookEndpoint } from "@tollgate/core";
import { expect, it } from "vitest";
import { describeEndpoints } from "./describe-endpoints.js";

const url = "https://app.example.com/api/billing/webhook/stripe";
const endpoint = (fields: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  id: "we_1",
  enabled: true,
  missingTypes: [],
  version: "2026-09-30.endive",
  wantedVersion: "2026-09-30.endive",
  ...fields,
});

it.each<[string, readonly WebhookEndpoint[], readonly string[]]>([
  ["none", [], [`The provider has no webhook endpoint for ${url}: no event arrives.`]],
  ["one that hears all", [endpoint()], []],
  ["one of the account's version", [endpoint({ version: null })], []],
  [
    "a disabled one",
    [endpoint({ enabled: false })],
    ["The webhook endpoint we_1 is disabled: no event arrives."],
  ],
  ["a disabled one beside one that hears all", [endpoint({ id: "we_0", enabled: false }), endpoint()], []],
  [
    "one that is deaf to some",
    [endpoint({ missingTypes: ["invoice.paid", "customer.deleted"] })],
    ["The webhook endpoint we_1 does not hear invoice.paid, customer.deleted."],
  ],
  [
    "two that complete each other but for one type",
    [endpoint({ missingTypes: ["a", "b"] }), endpoint({ id: "we_2", missingTypes: ["b", "c"] })],
    ["The webhook endpoint we_1 does not hear b."],
  ],
  [
    "one of an old version that is deaf too",
    [endpoint({ version: "2019-12-03", missingTypes: ["a"] })],
    [
      "The webhook endpoint we_1 does not hear a.",
      "The webhook endpoint we_1 has API version 2019-12-03, not 2026-09-30.endive: each event costs a read of its object.",
    ],
  ],
  [
    "a second one of an old version",
    [endpoint(), endpoint({ id: "we_2", version: "2019-12-03" })],
    [
      "The webhook endpoint we_2 has API version 2019-12-03, not 2026-09-30.endive: each event costs a read of its object.",
    ],
  ],
  [
    "a disabled one of an old version, which costs nothing",
    [endpoint({ id: "we_0", enabled: false, version: "2019-12-03" }), endpoint()],
    [],
  ],
])("says what is wrong with %s", (_, endpoints, problems) => {
  expect(describeEndpoints(endpoints, { url, isExpected: true })).toEqual(problems);
});

it("does not miss one on a developer's machine", () => {
  expect(describeEndpoints([], { url, isExpected: false })).toEqual([]);
});
