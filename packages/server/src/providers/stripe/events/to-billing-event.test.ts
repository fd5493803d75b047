import { describe, expect, it } from "vitest";
import {
  buildEvent,
  buildInvoice,
  buildSession,
  buildStripeSubscription,
} from "../../../../test/build-stripe.js";
import type { StripeWorld } from "./describe-other-world.js";
import type { ThinEvent } from "./parse-event.js";
import { toBillingEvent } from "./to-billing-event.js";

const world: StripeWorld = {
  provider: "stripe",
  app: "default",
  mode: "test",
  account: null,
  connected: false,
};
const thin: ThinEvent = {
  id: "evt_1",
  object: "v2.core.event",
  type: "v1.customer.subscription.updated",
  created: "2026-03-01T00:00:00.000Z",
  related_object: { id: "sub_1" },
};
const snapshot = () => buildEvent("customer.subscription.updated", buildStripeSubscription());

describe("an event of another world", () => {
  it.each<[string, object, Partial<StripeWorld>, string | null]>([
    [
      "live, to a test key",
      { livemode: true },
      {},
      "it is of live mode, and the secret key is for test mode",
    ],
    ["test, to a live key", {}, { mode: "live" }, "it is of test mode, and the secret key is for live mode"],
    ["live, to a key of unknown mode", { livemode: true }, { mode: "unknown" }, null],
    ["live, to a live key", { livemode: true }, { mode: "live" }, null],
    ["of a connected account", { account: "acct_2" }, {}, "it is of the connected account acct_2"],
    ["in a context", { context: "acct_2" }, {}, "it is of the connected account acct_2"],
    [
      "in an organization's context",
      { context: "org_1/acct_2" },
      {},
      "it is of the connected account acct_2",
    ],
    ["of our own account, by its id", { context: "org_1/acct_1" }, { account: "acct_1" }, null],
    [
      "of an account other than ours",
      { account: "acct_2" },
      { account: "acct_1" },
      "it is of the connected account acct_2",
    ],
    ["that names no account", { account: null, context: null }, {}, null],
    [
      "of the connected account that it is",
      { account: "acct_2" },
      { account: "acct_2", connected: true },
      null,
    ],
    [
      "of the platform, to a connected account",
      {},
      { account: "acct_2", connected: true },
      "it is the platform's own, and this is a connected account",
    ],
    ["that names an account without letters", { account: "", context: "" }, {}, null],
  ])("%s", (_, fields, own, reason) => {
    for (const event of [snapshot(), thin]) {
      const livemode = { livemode: false };
      const neutral = toBillingEvent({ ...event, ...livemode, ...fields }, { ...world, ...own });
      const expected =
        reason === null
          ? { type: "subscription.updated", subscriptionId: "sub_1" }
          : { id: "evt_1", type: "outside", providerCustomerId: null, reason: `${event.type}: ${reason}` };
      expect(neutral).toMatchObject(expected);
      if (reason !== null) expect(neutral).not.toHaveProperty("subscriptionId");
    }
  });

  it("is reported under an id that can be kept", () => {
    const event = { ...snapshot(), id: `evt_\0${"1".repeat(3000)}`, livemode: true };
    const neutral = toBillingEvent(event, world);
    expect(neutral).toMatchObject({ type: "outside", id: expect.stringMatching(/^evt_\uFFFD1+$/) });
    expect(neutral?.id.length).toBeLessThanOrEqual(255);
  });

  it("is nothing when its type means nothing to us", () => {
    expect(toBillingEvent({ ...buildEvent("charge.succeeded", {}), livemode: true }, world)).toBeNull();
  });
});

describe("an event that can't be kept as it is", () => {
  it.each([1e15, -1, 253_402_300_800, Number.MAX_SAFE_INTEGER])(
    "is unreadable when created at %d",
    (created) => {
      expect(toBillingEvent({ ...snapshot(), created }, world)).toMatchObject({
        id: "evt_1",
        type: "unreadable",
        occurredAt: "1970-01-01T00:00:00.000Z",
        reason: "customer.subscription.updated: It has a time that is in no calendar.",
      });
    },
  );

  it.each([undefined, 7, "soon", "+012026-01-01T00:00:00Z"])(
    "is unreadable when thin and created %s",
    (created) => {
      const neutral = toBillingEvent({ ...thin, created }, world);
      expect(neutral).toMatchObject({ type: "unreadable", occurredAt: "1970-01-01T00:00:00.000Z" });
    },
  );

  it.each<[string, object, object]>([
    ["NUL in an id", { id: "cs_\0" }, {}],
    ["half a surrogate pair", { metadata: { tollgate_customer: "org_1", tollgate_product: "\ud800" } }, {}],
    ["an id that is too long", { customer: `cus_${"1".repeat(300)}` }, {}],
    ["NUL in the event's own id", {}, { id: "evt_\0" }],
    ["an event's id that is too long", {}, { id: `evt_${"1".repeat(3000)}` }],
  ])("is unreadable with %s, under an id that can be kept", (_, fields, head) => {
    const event = { ...buildEvent("checkout.session.completed", buildSession(fields)), ...head };
    const neutral = toBillingEvent(event, world);
    expect(neutral).toMatchObject({ type: "unreadable", providerCustomerId: null });
    expect(JSON.stringify(neutral)).not.toMatch(/\\u0000|\\ud800/);
    expect(neutral?.id.length).toBeLessThanOrEqual(255);
  });

  it.each<[string, (id: string) => object]>([
    ["checkout.session.completed", (id) => buildSession({ id: `cs_${id}` })],
    ["checkout.session.completed", (id) => buildSession({ subscription: `sub_${id}` })],
    ["customer.subscription.updated", (id) => buildStripeSubscription({ id: `sub_${id}` })],
    ["invoice.paid", (id) => buildInvoice({ id: `in_${id}` })],
  ])("is unreadable when an id in a %s is longer than Stripe's are", (type, build) => {
    const neutral = (length: number) =>
      toBillingEvent(buildEvent(type, build("1".repeat(length))), world) ?? expect.fail("It means nothing.");
    expect(neutral(300).type).toBe("unreadable");
    expect(neutral(200).type).not.toBe("unreadable");
  });

  it.each(["\\u0000", "😀", "\uFFFD"])("is readable with %s, which is text", (productId) => {
    const metadata = { tollgate_customer: "org_1", tollgate_product: productId };
    const event = buildEvent("checkout.session.completed", buildSession({ metadata }));
    expect(toBillingEvent(event, world)).toMatchObject({ type: "checkout.completed", productId });
  });

  it("is read again when a time inside it is outside every calendar", () => {
    const event = buildEvent("customer.subscription.updated", buildStripeSubscription({ start_date: 1e15 }));
    expect(toBillingEvent(event, world)).toMatchObject({ subscriptionId: "sub_1", state: "unreadable" });
  });
});
