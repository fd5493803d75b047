import fc from "fast-check";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { idsOf, inProcess, type Letter, pass, receiverUrl } from "../../test/in-process.js";
import type { ChaosOptions } from "../index.js";

const check = new Stripe("sk_test_any");

const isGenuine = async (letter: Letter): Promise<boolean> => {
  try {
    await check.webhooks.constructEventAsync(letter.body, letter.signature, "whsec_tollgate");
    return true;
  } catch {
    return false;
  }
};

/** Lives through a few events under chaos and returns what was sent, as positions in the event log. */
const live = async (chaos: ChaosOptions, count: number) => {
  const { sandbox, stripe, letters } = inProcess({ webhooks: [{ url: receiverUrl, chaos }] });
  for (let index = 0; index < count; index++) await stripe.products.create({ name: `Product ${index}` });
  await sandbox.settled();
  const ids = sandbox.events().map(({ id }) => id);
  const sent = await Promise.all(
    letters.map(async (letter) => {
      const genuine = await isGenuine(letter);
      const id = genuine ? idsOf([letter])[0] : /evt_\w+/.exec(letter.body)?.[0];
      return `${ids.indexOf(id ?? "")}${genuine ? "" : "!"}`;
    }),
  );
  return { sent, sandbox, letters };
};

const rate = fc.constantFrom(0, 0.3, 0.7, 1);
const settings = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 5 }),
  duplicates: rate,
  reorder: rate,
  delay: rate,
  drop: rate,
  burst: rate,
  truncate: rate,
  wrongSignature: rate,
});

describe("chaos", () => {
  it("brings every event whole and correctly signed in the end, alike for the same seed", async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.integer({ min: 1, max: 7 }), async (chaos, count) => {
        const [one, other] = [await live(chaos, count), await live(chaos, count)];
        expect(other.sent).toEqual(one.sent);
        for (let index = 0; index < count; index++) expect(one.sent).toContain(`${index}`);
        expect(one.sandbox.deliveries().every(({ state }) => state === "delivered")).toBe(true);
        expect(one.sandbox.events().every((event) => event.pending_webhooks === 0)).toBe(true);
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  it.each([
    ["duplicates", { duplicates: 1 }, ["0", "1", "0", "1"]],
    ["drops and sends again", { drop: 1 }, ["0", "1"]],
    ["truncates and sends again", { truncate: 1 }, ["0!", "1!", "0", "1"]],
    ["signs wrongly and sends again", { wrongSignature: 1 }, ["0!", "1!", "0", "1"]],
  ])("%s", async (_, chaos, expected) => {
    const { sent } = await live({ seed: "x", ...chaos }, 2);
    expect(sent.toSorted()).toEqual(expected.toSorted());
  });

  it("lets later events overtake, by no more than the window", async () => {
    const { sent } = await live({ seed: "order", reorder: 0.5, reorderWindow: 2 }, 12);
    expect(sent).not.toEqual(sent.toSorted((a, b) => Number(a) - Number(b)));
    expect(new Set(sent).size).toBe(12);
    for (const [place, index] of sent.entries()) expect(place - Number(index)).toBeLessThanOrEqual(2);
  });

  it("names in the attempts what it did", async () => {
    const { sandbox } = await live({ seed: "x", drop: 1, duplicates: 1 }, 1);
    const [delivery] = sandbox.deliveries();
    expect(delivery?.attempts.map(({ chaos }) => chaos)).toEqual(["drop", null, "duplicate"]);
    expect(delivery?.attempts[0]).toMatchObject({ status: null, error: "dropped on purpose" });
  });

  it("holds a burst back until it is full, and sends it with one time in all signatures", async () => {
    const { sandbox, stripe, letters } = inProcess({
      webhooks: [{ url: receiverUrl, chaos: { seed: "x", burst: 1, burstSize: 3 } }],
    });
    for (const name of ["a", "b"]) await stripe.products.create({ name });
    expect(letters).toEqual([]);
    await stripe.products.create({ name: "c" });
    await sandbox.settled();
    expect(letters).toHaveLength(3);
    expect(new Set(letters.map(({ signature }) => signature.split(",")[0])).size).toBe(1);
  });

  it("sends what is held back once the clock has waited long enough", async () => {
    const { sandbox, stripe, letters } = inProcess({
      chaos: { delay: 1, delayMs: 60_000 },
      webhooks: [{ url: receiverUrl }],
    });
    await stripe.products.create({ name: "a" });
    expect(letters).toHaveLength(0);
    pass(sandbox, 60_000);
    await sandbox.settled();
    expect(letters).toHaveLength(1);
  });

  it("is switched by the API and by a function, everywhere and at single endpoints", async () => {
    const { sandbox, stripe, letters } = inProcess({ webhooks: [{ url: receiverUrl }] });
    const [endpoint] = (await stripe.webhookEndpoints.list()).data;
    const path = `/v1/sandbox/webhook_endpoints/${endpoint?.id}/chaos`;
    const set = await stripe.rawRequest("POST", path, { duplicates: "1", delay_ms: "5" });
    expect(set).toMatchObject({ duplicates: 1, delayMs: 5, drop: 0, seed: "tollgate" });
    await stripe.products.create({ name: "a" });
    await sandbox.settled();
    expect(letters).toHaveLength(2);
    await stripe.rawRequest("DELETE", path);
    sandbox.chaos({ drop: 1 });
    await stripe.products.create({ name: "b" });
    await sandbox.settled();
    expect(letters).toHaveLength(3);
    expect(sandbox.deliveries()[1]?.attempts).toHaveLength(2);
    await stripe.rawRequest("DELETE", "/v1/sandbox/chaos");
    await stripe.products.create({ name: "c" });
    await sandbox.settled();
    expect(sandbox.deliveries()[2]?.attempts).toHaveLength(1);
    await expect(stripe.rawRequest("POST", "/v1/sandbox/chaos", { drop: "2" })).rejects.toMatchObject({
      param: "drop",
    });
    expect(() => sandbox.chaos({ drop: -1 })).toThrow("chaos.drop must be between 0 and 1");
    expect(() => sandbox.chaos({}, "http://nobody.test/")).toThrow("No such webhook endpoint");
  });
});
