import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterEach, describe, expect, it, vi } from "vitest";
import { connect } from "../../test/connect.js";

type Letter = { body: string; signature: string };

const closers: Array<() => void> = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A real receiver that answers as told, and with 200 after that. */
const receive = async (...answers: number[]) => {
  const letters: Letter[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const signature = String(request.headers["stripe-signature"]);
      letters.push({ body: Buffer.concat(chunks).toString("utf8"), signature });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, letters };
};

const idOf = (letter: Letter | undefined): string => JSON.parse(letter?.body ?? "{}").id;

describe("webhooks", () => {
  it("are signed over their exact bytes, for each endpoint with its own secret", async () => {
    const [one, two] = [await receive(), await receive()];
    const { stripe, sandbox } = await connect({
      webhooks: [{ url: one.url }, { url: two.url, secret: "whsec_other" }],
    });
    const customer = await stripe.customers.create({ name: "Zoë – 漢字" });
    await sandbox.settled();
    for (const [receiver, secret] of [
      [one, sandbox.webhookSecret],
      [two, "whsec_other"],
    ] as const) {
      const { body = "", signature = "" } = receiver.letters[0] ?? {};
      const event = await stripe.webhooks.constructEventAsync(body, signature, secret);
      expect([event.type, event.api_version]).toEqual(["customer.created", Stripe.API_VERSION]);
      expect(event.data.object).toMatchObject({ id: customer.id, name: "Zoë – 漢字" });
      expect(event.pending_webhooks).toBe(2);
      await expect(stripe.webhooks.constructEventAsync(body, signature, "whsec_wrong")).rejects.toThrow(
        "signature",
      );
    }
  });

  it("arrive in order, and are tried again with a back-off until they are accepted", async () => {
    const receiver = await receive(500, 302);
    const { stripe, sandbox } = await connect({
      webhooks: [{ url: receiver.url }],
      retryDelays: [2000, 2000],
    });
    const customer = await stripe.customers.create({});
    await stripe.customers.update(customer.id, { name: "Ada" });
    await vi.waitFor(
      () => {
        expect(sandbox.deliveries().map((delivery) => delivery.state)).toEqual(["delivered", "delivered"]);
      },
      { timeout: 4000 },
    );
    const [first, second] = sandbox.deliveries();
    const ids = receiver.letters.map(idOf);
    expect(ids.slice(0, 2)).toEqual([first?.eventId, second?.eventId]);
    expect(ids).toHaveLength(4);
    expect(first?.attempts.map((attempt) => attempt.status)).toEqual([500, 200]);
    expect(second?.attempts.map((attempt) => attempt.status)).toEqual([302, 200]);
  });

  it("fail for good when no retry is left, with the reason in the attempts", async () => {
    const { stripe, sandbox } = await connect({
      webhooks: [{ url: "http://127.0.0.1:9/" }],
      retryDelays: [1],
    });
    await stripe.customers.create({});
    await vi.waitFor(() => expect(sandbox.deliveries()[0]?.state).toBe("failed"));
    const attempts = sandbox.deliveries()[0]?.attempts ?? [];
    expect(attempts.map((attempt) => attempt.status)).toEqual([null, null]);
    expect(attempts[0]?.error).toBeTruthy();
  });

  it("go to endpoints that the API registered, for the types and in the version they asked for", async () => {
    const receiver = await receive();
    const { stripe, sandbox } = await connect();
    const endpoint = await stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ["product.created"],
      api_version: "2026-10-28.endive",
    });
    await stripe.customers.create({});
    await stripe.products.create({ name: "Pro" });
    await sandbox.settled();
    const { body = "", signature = "" } = receiver.letters[0] ?? {};
    expect(receiver.letters).toHaveLength(1);
    const event = await stripe.webhooks.constructEventAsync(body, signature, endpoint.secret ?? "");
    expect(event.type).toBe("product.created");
    await stripe.webhookEndpoints.del(endpoint.id);
    await stripe.products.create({ name: "Max" });
    await sandbox.settled();
    expect(receiver.letters).toHaveLength(1);
  });
});
