import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { payer, recurringPrice, refusal } from "../../test/connect.js";
import { inProcess, type Letter, receiverUrl } from "../../test/in-process.js";

const subscribe = async (
  stripe: Stripe,
  events: string[],
  more: Partial<Stripe.V2.Core.EventDestinationCreateParams> = {},
) => {
  const destination = await stripe.v2.core.eventDestinations.create({
    name: "thin",
    type: "webhook_endpoint",
    event_payload: "thin",
    enabled_events: events,
    webhook_endpoint: { url: receiverUrl },
    include: ["webhook_endpoint.signing_secret", "webhook_endpoint.url"],
    ...more,
  });
  return { destination, secret: destination.webhook_endpoint?.signing_secret ?? "" };
};

const read = (stripe: Stripe, letter: Letter | undefined, secret: string) =>
  stripe.parseEventNotificationAsync(letter?.body ?? "", letter?.signature ?? "", secret);

describe("thin events", () => {
  it("name an object, which the SDK fetches together with the event", async () => {
    const { stripe, sandbox, letters } = inProcess();
    const { secret } = await subscribe(stripe, ["v1.customer.created"]);
    const customer = await stripe.customers.create({ name: "Ada" });
    await sandbox.settled();
    const notification = await read(stripe, letters[0], secret);
    expect(notification).toMatchObject({
      object: "v2.core.event",
      type: "v1.customer.created",
      livemode: false,
      snapshot_event: sandbox.events()[0]?.id,
      related_object: { id: customer.id, type: "customer", url: `/v1/customers/${customer.id}` },
    });
    if (notification.type !== "v1.customer.created") throw new Error("another type was expected");
    expect(await notification.fetchRelatedObject()).toMatchObject({ id: customer.id, name: "Ada" });
    const event = await notification.fetchEvent();
    expect(event).toMatchObject({ id: notification.id, created: sandbox.now().toISOString() });
    await expect(read(stripe, letters[0], "whsec_wrong")).rejects.toThrow("signature");
  });

  it("name the transitions of a subscription that snapshot events leave to be worked out", async () => {
    const { stripe, sandbox, letters } = inProcess();
    await subscribe(stripe, [
      "v1.customer.subscription.updated",
      "v1.customer.subscription.active",
      "v1.customer.subscription.cancel_at_changed",
      "v1.customer.subscription.item_price_changed",
    ]);
    const [customer, price, other] = [
      await payer(stripe),
      await recurringPrice(stripe, 1000),
      await recurringPrice(stripe, 2000),
    ];
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const typesOf = async () => {
      await sandbox.settled();
      return letters
        .splice(0)
        .map(({ body }) => JSON.parse(body).type.replace("v1.customer.subscription.", ""));
    };
    expect(await typesOf()).toContain("active");
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(await typesOf()).toEqual(["updated", "cancel_at_changed"]);
    const [item] = subscription.items.data;
    await stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: false,
      proration_behavior: "none",
      items: [{ id: item?.id ?? "", price: other.id }],
    });
    expect(await typesOf()).toEqual(["updated", "item_price_changed", "cancel_at_changed"]);
  });

  it("are listed and filtered without any destination, page by page", async () => {
    const { stripe } = inProcess();
    const customer = await stripe.customers.create({});
    for (const name of ["a", "b", "c"]) await stripe.customers.update(customer.id, { name });
    await stripe.products.create({ name: "Pro" });
    const { data } = await stripe.v2.core.events.list({ object_id: customer.id });
    expect(data.map(({ type }) => type)).toEqual([
      "v1.customer.updated",
      "v1.customer.updated",
      "v1.customer.updated",
      "v1.customer.created",
    ]);
    const paged: string[] = [];
    for await (const { id } of stripe.v2.core.events.list({ object_id: customer.id, limit: 3 }))
      paged.push(id);
    expect(paged).toEqual(data.map(({ id }) => id));
    const products = await stripe.v2.core.events.list({ types: ["v1.product.created"] });
    expect(products.data).toHaveLength(1);
    const missing = await refusal(stripe.v2.core.events.retrieve("evt_test_none"));
    expect(missing.statusCode).toBe(404);
  });
});

describe("event destinations", () => {
  it("hide address and secret from those who do not ask", async () => {
    const { stripe } = inProcess();
    const { destination, secret } = await subscribe(stripe, ["v1.customer.created"], {
      metadata: { a: "b" },
    });
    expect(secret).toMatch(/^whsec_/);
    expect(destination.webhook_endpoint?.url).toBe(receiverUrl);
    const again = await stripe.v2.core.eventDestinations.retrieve(destination.id);
    expect(again).toMatchObject({ metadata: { a: "b" }, status: "enabled" });
    expect(again).not.toHaveProperty("webhook_endpoint");
    const shown = await stripe.v2.core.eventDestinations.list({ include: ["webhook_endpoint.url"] });
    expect(shown.data[0]?.webhook_endpoint).toEqual({ url: receiverUrl });
    const changed = await stripe.v2.core.eventDestinations.update(destination.id, {
      name: "renamed",
      enabled_events: ["v1.invoice.paid"],
    });
    expect(changed).toMatchObject({ name: "renamed", enabled_events: ["v1.invoice.paid"] });
    await stripe.v2.core.eventDestinations.del(destination.id);
    expect((await refusal(stripe.v2.core.eventDestinations.retrieve(destination.id))).statusCode).toBe(404);
  });

  it("hear nothing while they are disabled, and a ping when they are asked to", async () => {
    const { stripe, sandbox, letters } = inProcess();
    const { destination, secret } = await subscribe(stripe, ["v1.customer.created"]);
    const disabled = await stripe.v2.core.eventDestinations.disable(destination.id);
    expect(disabled).toMatchObject({ status: "disabled", status_details: { disabled: { reason: "user" } } });
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters).toEqual([]);
    await stripe.v2.core.eventDestinations.enable(destination.id);
    const ping = await stripe.v2.core.eventDestinations.ping(destination.id);
    await sandbox.settled();
    const notification = await read(stripe, letters[0], secret);
    expect(notification).toMatchObject({ id: ping.id, type: "v2.core.event_destination.ping" });
  });

  it("get snapshots, too, if they want them", async () => {
    const { stripe, sandbox, letters } = inProcess();
    const { destination, secret } = await subscribe(stripe, ["customer.created"], {
      event_payload: "snapshot",
    });
    expect(destination.snapshot_api_version).toBe("2026-10-28.endive");
    await stripe.customers.create({});
    await sandbox.settled();
    const { body = "", signature = "" } = letters[0] ?? {};
    expect((await stripe.webhooks.constructEventAsync(body, signature, secret)).type).toBe(
      "customer.created",
    );
  });
});
