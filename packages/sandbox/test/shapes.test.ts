import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { apiVersion } from "../src/rooms/api-version.js";
import { checkShape } from "./check-shape.js";
import { connect } from "./connect.js";
import { live } from "./live.js";

describe("what the API answers and what events carry", () => {
  it("is what the SDK declares: no key missing or unknown, no wrong type, no unknown value", async () => {
    const connected = await connect({
      clock: () => new Date(Date.UTC(2026, 0, 31)),
      settings: { portalSaved: true },
    });
    await live(connected);
    // `connect` itself looks at every answer and event when the test ends.
    expect(connected.sandbox.events()).not.toEqual([]);
  }, 60_000);

  it("speaks the version that the SDK pins", () => {
    expect(apiVersion).toBe(Stripe.API_VERSION);
  });
});

describe("checkShape finds", () => {
  const rate = {
    id: "txr_1",
    object: "tax_rate",
    active: true,
    country: null,
    created: 1,
    description: null,
    display_name: "VAT",
    effective_percentage: null,
    flat_amount: null,
    inclusive: false,
    jurisdiction: null,
    jurisdiction_level: null,
    livemode: false,
    metadata: {},
    percentage: 20,
    rate_type: null,
    state: null,
    tax_type: "vat",
  };
  const { active: _left, ...partial } = rate;
  const event = {
    id: "evt_1",
    object: "event",
    api_version: null,
    created: 1,
    livemode: false,
    pending_webhooks: 0,
    request: null,
  };

  it.each<[string, object, string[]]>([
    ["nothing in a sound object", rate, []],
    ["a missing key", partial, ["tax_rate.active: missing"]],
    ["a strange key", { ...rate, colour: "red" }, ["tax_rate.colour: not declared"]],
    ["a wrong type", { ...rate, percentage: "20" }, ['tax_rate.percentage: "20" is not number']],
    [
      "an unknown value",
      { ...rate, tax_type: "tithe" },
      [expect.stringContaining('tax_rate.tax_type: "tithe" is none of')],
    ],
    ["a wrong type in a map", { ...rate, metadata: { a: 1 } }, ["tax_rate.metadata.a: 1 is not string"]],
    [
      "faults inside a list",
      { object: "list", data: [partial], has_more: false, url: "/v1/tax_rates" },
      ["tax_rate.active: missing"],
    ],
    ["an unknown kind", { object: "tithe" }, ["tithe: no declaration is known"]],
    [
      "an unknown event",
      { ...event, type: "tax_rate.eaten", data: { object: rate } },
      [expect.stringContaining('event.type: "tax_rate.eaten" is none of')],
    ],
    [
      "faults inside an event",
      { ...event, type: "tax_rate.created", data: { object: partial } },
      ["tax_rate.active: missing"],
    ],
  ])("%s", (_, value, faults) => {
    expect(checkShape(value)).toEqual(faults);
  });
});
