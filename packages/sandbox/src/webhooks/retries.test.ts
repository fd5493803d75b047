import { describe, expect, it } from "vitest";
import { hours, idsOf, inProcess, pass, receiverUrl } from "../../test/in-process.js";

const webhooks = [{ url: receiverUrl }];
const refuse = () => new Response("down", { status: 503, headers: { "x-why": "maintenance" } });

describe("retries on the sandbox's clock", () => {
  it("are made when a jump passes their time, and not before", async () => {
    const { sandbox, stripe, letters, answer } = inProcess({ webhooks, retryDelays: [hours(1), hours(2)] });
    answer(refuse);
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters).toHaveLength(1);
    expect(sandbox.deliveries()[0]).toMatchObject({ state: "pending", retryInMs: hours(1) });
    pass(sandbox, hours(1) - 1);
    await sandbox.settled();
    expect(letters).toHaveLength(1);
    answer(() => new Response(null, { status: 204 }));
    pass(sandbox, 1);
    await sandbox.settled();
    expect(letters).toHaveLength(2);
    expect(letters[1]?.body).toBe(letters[0]?.body);
    expect(sandbox.deliveries()[0]).toMatchObject({ state: "delivered", retryInMs: null });
  });

  it("are all made in the order of their times when a jump passes many", async () => {
    const { sandbox, stripe, letters, answer } = inProcess({ webhooks, retryDelays: [hours(1), hours(5)] });
    answer(refuse);
    await stripe.customers.create({});
    await sandbox.settled();
    pass(sandbox, hours(2));
    await sandbox.settled();
    await stripe.customers.create({});
    await sandbox.settled();
    const [first, second] = sandbox.events().map(({ id }) => id);
    letters.length = 0;
    pass(sandbox, hours(100));
    await sandbox.settled();
    // The second event's first retry is due at 3 h, the first event's last at 6 h, the second's last at 8 h.
    expect(idsOf(letters)).toEqual([second, first, second]);
    expect(sandbox.deliveries().map(({ state }) => state)).toEqual(["failed", "failed"]);
  });

  it("last for three days as in live mode, then the delivery has failed", async () => {
    const { sandbox, stripe, letters, answer } = inProcess({ webhooks, retryDelays: "live" });
    answer(refuse);
    await stripe.customers.create({});
    for (let hour = 0; hour < 64; hour++) {
      pass(sandbox, hours(1));
      await sandbox.settled();
    }
    expect(sandbox.deliveries()[0]?.state).toBe("pending");
    pass(sandbox, hours(8));
    await sandbox.settled();
    expect(sandbox.deliveries()[0]?.state).toBe("failed");
    expect(letters).toHaveLength(10);
  });

  it("count pending_webhooks down as endpoints accept, never below what failed", async () => {
    const { sandbox, stripe, answer } = inProcess({
      webhooks: [{ url: receiverUrl }, { url: "http://broken.test/" }],
      retryDelays: [hours(1)],
    });
    answer(({ url }) => (url === receiverUrl ? new Response() : refuse()));
    await stripe.customers.create({});
    expect(sandbox.events()[0]?.pending_webhooks).toBe(2);
    await sandbox.settled();
    expect(sandbox.events()[0]?.pending_webhooks).toBe(1);
    const pending = await stripe.events.list({ delivery_success: false });
    expect(pending.data).toHaveLength(1);
    answer(() => new Response());
    pass(sandbox, hours(1));
    await sandbox.settled();
    expect(sandbox.events()[0]?.pending_webhooks).toBe(0);
    expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
    expect((await stripe.events.list({ delivery_success: true })).data).toHaveLength(1);
  });

  it("keep what was sent and what came back, the first 64 kB of it", async () => {
    const { sandbox, stripe, letters, answer } = inProcess({ webhooks, retryDelays: [] });
    answer(
      () =>
        new Response("x".repeat(100_000), { status: 302, headers: { location: "http://elsewhere.test/" } }),
    );
    await stripe.customers.create({});
    await sandbox.settled();
    const [attempt] = sandbox.deliveries()[0]?.attempts ?? [];
    expect(letters).toHaveLength(1);
    expect(attempt?.status).toBe(302);
    expect(attempt?.request).toMatchObject({
      body: letters[0]?.body,
      headers: { "stripe-signature": letters[0]?.signature },
    });
    expect(attempt?.response?.headers).toMatchObject({ location: "http://elsewhere.test/" });
    expect(attempt?.response?.body).toHaveLength(65_536);
  });

  it("are not made to an endpoint that has been disabled meanwhile", async () => {
    const { sandbox, stripe, letters, answer } = inProcess({ webhooks, retryDelays: [hours(1)] });
    answer(refuse);
    await stripe.customers.create({});
    await sandbox.settled();
    const [endpoint] = (await stripe.webhookEndpoints.list()).data;
    await stripe.webhookEndpoints.update(endpoint?.id ?? "", { disabled: true });
    pass(sandbox, hours(2));
    await sandbox.settled();
    expect(letters).toHaveLength(1);
    expect(sandbox.deliveries()[0]?.state).toBe("failed");
  });
});
