import { createHmac } from "node:crypto";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { buildEvent, buildStripeSubscription } from "../../../../test/build-stripe.js";
import { stripe } from "../index.js";

const now = new Date("2026-03-01T00:00:00Z");
const seconds = now.getTime() / 1000;
const payload = JSON.stringify(buildEvent("customer.subscription.created", buildStripeSubscription()));
const body = new TextEncoder().encode(payload);

const receive = (
  signature: string | null,
  options: { secrets?: string | string[]; bytes?: Uint8Array } = {},
) =>
  stripe({ secretKey: "sk_test_x", webhookSecret: options.secrets ?? "whsec_now" }).events.receive({
    body: options.bytes ?? body,
    headers: new Headers(signature === null ? {} : { "stripe-signature": signature }),
    now,
  });
const sign = (secret: string, timestamp = seconds) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
const refusal = (code: string) => ({ name: "BillingError", code });

describe("a webhook's signature", () => {
  it("is accepted when the SDK made it", async () => {
    expect(await receive(sign("whsec_now"))).toMatchObject([{ id: "evt_1", type: "subscription.created" }]);
  });

  it("may be made with any of several secrets, while one is rotated", async () => {
    const secrets = ["whsec_next", "whsec_now"];
    await expect(receive(sign("whsec_now"), { secrets })).resolves.toHaveLength(1);
    await expect(receive(sign("whsec_next"), { secrets })).resolves.toHaveLength(1);
    await expect(receive(sign("whsec_gone"), { secrets })).rejects.toMatchObject(
      refusal("invalid_signature"),
    );
  });

  it("may be among others in the header, as Stripe sends it during a rotation", async () => {
    const [time, ours] = sign("whsec_now").split(",");
    const [, other] = sign("whsec_next").split(",");
    await expect(receive(`${time},${other},${ours},v0=abc`)).resolves.toHaveLength(1);
  });

  it("costs no more when a stranger fills the header with signatures", async () => {
    const bytes = new Uint8Array(1024 * 1024);
    const header = `t=${seconds}${`,v1=${"ab".repeat(32)}`.repeat(5_000)}`;
    const start = performance.now();
    await expect(receive(header, { bytes })).rejects.toMatchObject(refusal("invalid_signature"));
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it.each([-300, 0, 300])("is fresh %i seconds from now", async (offset) => {
    await expect(receive(sign("whsec_now", seconds + offset))).resolves.toHaveLength(1);
  });

  it.each([-301, 301])("is stale %i seconds from now", async (offset) => {
    await expect(receive(sign("whsec_now", seconds + offset))).rejects.toMatchObject(
      refusal("stale_signature"),
    );
  });

  it("is never fresh when a clock is broken", async () => {
    const broken = stripe({ secretKey: "sk_test_x", webhookSecret: "whsec_now" }).events.receive({
      body,
      headers: new Headers({ "stripe-signature": sign("whsec_now") }),
      now: new Date(Number.NaN),
    });
    await expect(broken).rejects.toMatchObject(refusal("stale_signature"));
  });

  it.each([
    ["nothing", null, "missing_signature"],
    ["an empty header", "", "missing_signature"],
    ["no time", sign("whsec_now").replace(/t=\d+,/, ""), "invalid_signature"],
    ["no signature", `t=${seconds}`, "invalid_signature"],
    ["a time that is not one", sign("whsec_now").replace(/t=\d+/, "t=soon"), "invalid_signature"],
    ["another time", sign("whsec_now").replace(/t=\d+/, `t=${seconds - 1}`), "invalid_signature"],
    ["an old scheme", sign("whsec_now").replace("v1=", "v0="), "invalid_signature"],
    ["half a signature", sign("whsec_now").slice(0, -2), "invalid_signature"],
  ])("is refused with %s", async (_, header, code) => {
    await expect(receive(header)).rejects.toMatchObject(refusal(code));
  });

  it("covers the bytes, not the text: a byte order mark in front makes it another body", async () => {
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...body]);
    await expect(receive(sign("whsec_now"), { bytes: marked })).rejects.toMatchObject(
      refusal("invalid_signature"),
    );
  });

  it.each(["", " ", []])("needs a secret: %j is not one", async (secrets) => {
    const empty = createHmac("sha256", "").update(`${seconds}.${payload}`).digest("hex");
    await expect(receive(`t=${seconds},v1=${empty}`, { secrets })).rejects.toMatchObject(
      refusal("invalid_options"),
    );
  });
});

describe("a signed body", () => {
  const deliver = (text: string) =>
    receive(
      Stripe.webhooks.generateTestHeaderString({ payload: text, secret: "whsec_now", timestamp: seconds }),
      {
        bytes: new TextEncoder().encode(text),
      },
    );

  it.each(["not json", '{"object":"event"}', "7", '{"object":"event","id":"e","type":"t","created":"now"}'])(
    "that is not an event is refused: %s",
    async (text) => {
      await expect(deliver(text)).rejects.toMatchObject(refusal("invalid_event"));
    },
  );

  it("may be a thin event", async () => {
    const event = {
      object: "v2.core.event",
      id: "evt_2",
      type: "v1.customer.subscription.updated",
      created: "2026-03-01T00:00:00.123Z",
      related_object: { id: "sub_1", type: "subscription", url: "/v1/subscriptions/sub_1" },
    };
    expect(await deliver(JSON.stringify(event))).toMatchObject([
      { subscriptionId: "sub_1", state: "unreadable" },
    ]);
    expect(await deliver(JSON.stringify({ ...event, type: "v1.customer.updated" }))).toEqual([]);
  });
});
