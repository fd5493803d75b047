import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { hours, inProcess, pass, receiverUrl } from "../../../test/in-process.js";

type Event = Stripe.WebhookEndpointCreateParams.EnabledEvent;

describe("webhook endpoints", () => {
  it("show their secret once, and change as Stripe's do", async () => {
    const { stripe } = inProcess();
    const made = await stripe.webhookEndpoints.create({
      url: receiverUrl,
      enabled_events: ["customer.created", "*"],
      description: "ours",
      metadata: { team: "billing" },
      api_version: "2025-03-31.basil",
    });
    expect(made).toMatchObject({ status: "enabled", api_version: "2025-03-31.basil", description: "ours" });
    expect(made.secret).toMatch(/^whsec_\w{32}$/);
    expect((await stripe.webhookEndpoints.retrieve(made.id)).secret).toBeUndefined();
    const changed = await stripe.webhookEndpoints.update(made.id, {
      disabled: true,
      description: "",
      enabled_events: ["invoice.paid"],
      metadata: { team: "", place: "here" },
    });
    expect(changed).toMatchObject({
      status: "disabled",
      description: null,
      enabled_events: ["invoice.paid"],
    });
    expect(changed.metadata).toEqual({ place: "here" });
    expect(await stripe.webhookEndpoints.del(made.id)).toEqual({
      id: made.id,
      object: "webhook_endpoint",
      deleted: true,
    });
    expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
  });

  it("refuse an unknown event type, a bad address, and a seventeenth endpoint", async () => {
    const { stripe } = inProcess();
    const create = (url: string, type: string) =>
      stripe.webhookEndpoints.create({ url, enabled_events: [type as Event] });
    const unknown = await refusal(create(receiverUrl, "customer.imagined"));
    expect([unknown.statusCode, unknown.param]).toEqual([400, "enabled_events[0]"]);
    expect((await refusal(create("receiver.test", "*"))).code).toBe("url_invalid");
    for (let count = 0; count < 16; count++) await create(receiverUrl, "*");
    expect((await refusal(create(receiverUrl, "*"))).message).toContain("maximum of 16");
  });

  it("send the version that they were made with", async () => {
    const { stripe, sandbox, letters } = inProcess();
    await stripe.webhookEndpoints.create({
      url: receiverUrl,
      enabled_events: ["*"],
      api_version: "2025-03-31.basil",
    });
    await stripe.customers.create({});
    await sandbox.settled();
    expect(JSON.parse(letters[0]?.body ?? "").api_version).toBe("2025-03-31.basil");
  });

  it("sign with both secrets while an old one has not expired", async () => {
    const { stripe, sandbox, letters } = inProcess();
    const made = await stripe.webhookEndpoints.create({ url: receiverUrl, enabled_events: ["*"] });
    const path = `/v1/sandbox/webhook_endpoints/${made.id}/roll_secret`;
    const rolled = (await stripe.rawRequest("POST", path, { expire_in: "3600" })) as unknown as typeof made;
    expect(rolled.secret).not.toBe(made.secret);
    await stripe.customers.create({});
    await sandbox.settled();
    const { body = "", signature = "" } = letters[0] ?? {};
    expect(signature.match(/v1=/g)).toHaveLength(2);
    for (const secret of [made.secret, rolled.secret])
      expect((await stripe.webhooks.constructEventAsync(body, signature, secret ?? "")).type).toBe(
        "customer.created",
      );
    pass(sandbox, hours(1));
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters[1]?.signature.match(/v1=/g)).toHaveLength(1);
  });
});

describe("events", () => {
  it("are listed by type, by several types and by time", async () => {
    const { stripe, sandbox } = inProcess();
    const customer = await stripe.customers.create({});
    pass(sandbox, hours(1));
    await stripe.products.create({ name: "Pro" });
    await stripe.customers.update(customer.id, { name: "Ada" });
    const typesOf = async (params: Stripe.EventListParams) =>
      (await stripe.events.list(params)).data.map(({ type }) => type);
    expect(await typesOf({ type: "customer.*" })).toEqual(["customer.updated", "customer.created"]);
    expect(await typesOf({ types: ["product.created", "customer.created"] })).toEqual([
      "product.created",
      "customer.created",
    ]);
    expect(await typesOf({ created: { gt: customer.created } })).toEqual([
      "customer.updated",
      "product.created",
    ]);
    const both = await refusal(stripe.events.list({ type: "a.b", types: ["c.d"] }));
    expect(both.code).toBe("parameters_exclusive");
  });

  it("are sent again to the endpoint that is named, as the CLI asks", async () => {
    const { stripe, sandbox, letters } = inProcess({
      webhooks: [{ url: receiverUrl }, { url: "http://other.test/" }],
    });
    await stripe.customers.create({});
    await sandbox.settled();
    const [event] = sandbox.events();
    const endpoint = (await stripe.webhookEndpoints.list()).data.find(({ url }) => url === receiverUrl);
    letters.length = 0;
    await stripe.rawRequest("POST", `/v1/events/${event?.id}/retry`, { webhook_endpoint: endpoint?.id });
    await sandbox.settled();
    expect(letters.map(({ url }) => url)).toEqual([receiverUrl]);
    expect(JSON.parse(letters[0]?.body ?? "").id).toBe(event?.id);
    expect(sandbox.events()[0]?.pending_webhooks).toBe(0);
    const unknown = await refusal(
      stripe.rawRequest("POST", `/v1/events/${event?.id}/retry`, { webhook_endpoint: "we_none" }),
    );
    expect(unknown.code).toBe("resource_missing");
  });
});
