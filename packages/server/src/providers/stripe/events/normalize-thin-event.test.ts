import { describe, expect, it } from "vitest";
import { normalizeThinEvent } from "./normalize-thin-event.js";
import type { ThinEvent } from "./parse-event.js";

const build = (type: string, overrides: Partial<ThinEvent> = {}): ThinEvent => ({
  object: "v2.core.event",
  id: "evt_1",
  type,
  created: "2026-03-01T00:00:07.890Z",
  related_object: { id: "sub_1", type: "subscription", url: "/v1/subscriptions/sub_1" },
  ...overrides,
});

describe("a thin event", () => {
  it.each([
    ["created", "subscription.created"],
    ["updated", "subscription.updated"],
    ["paused", "subscription.paused"],
    ["resumed", "subscription.resumed"],
    ["deleted", "subscription.ended"],
    ["trial_will_end", "trial.ending"],
    ["active", "subscription.updated"],
    ["past_due", "subscription.updated"],
    ["item_price_changed", "subscription.updated"],
    ["cancel_at_changed", "subscription.updated"],
    ["toString", "subscription.updated"],
  ])("v1.customer.subscription.%s is our %s, to be read again, its time in whole seconds", (theirs, type) => {
    expect(normalizeThinEvent(build(`v1.customer.subscription.${theirs}`))).toEqual({
      id: "evt_1",
      provider: "stripe",
      type,
      occurredAt: "2026-03-01T00:00:07.000Z",
      subscriptionId: "sub_1",
      providerCustomerId: null,
      state: "unreadable",
    });
  });

  it("reports that a customer was deleted", () => {
    const related_object = { id: "cus_1", type: "customer", url: "/v1/customers/cus_1" };
    expect(normalizeThinEvent(build("v1.customer.deleted", { related_object }))).toMatchObject({
      type: "customer.deleted",
      providerCustomerId: "cus_1",
    });
  });

  it.each(["v1.customer.updated", "v1.invoice.paid", "v2.core.account.created", "__proto__"])(
    "%s means nothing to us",
    (type) => {
      expect(normalizeThinEvent(build(type))).toBeNull();
      expect(normalizeThinEvent(build(type, { created: undefined }))).toBeNull();
    },
  );

  it.each<[string, Partial<ThinEvent>]>([
    ["that does not say what it is about", { related_object: null }],
    ["whose object has no id", { related_object: { id: 7 } }],
  ])("%s can't be read, and says so", (_, fields) => {
    const event = build("v1.customer.subscription.updated", fields);
    expect(normalizeThinEvent(event)).toMatchObject({
      id: event.id,
      type: "unreadable",
      reason: `${event.type}: The event says not what it is about.`,
    });
  });

  it.each<[string, Partial<ThinEvent>]>([
    ["without a time", { created: undefined }],
    ["whose time is not one", { created: "soon" }],
  ])("%s can't be read, and says so", (_, fields) => {
    const event = build("v1.customer.subscription.updated", fields);
    expect(normalizeThinEvent(event)).toMatchObject({
      id: event.id,
      type: "unreadable",
      reason: `${event.type}: The event says not when it happened.`,
    });
  });
});
