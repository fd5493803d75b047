import { buildCatalog } from "@tollgate/core/testing";
import { startSandbox } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBilling } from "../src/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { startTestBilling } from "../src/testing/index.js";
import { appUrl, readIdentity, send, toRequest } from "./requests.js";
import { newUser } from "./world.js";

let breaks: "callback" | "webhook" | null = null;
const told: string[] = [];

const start = () =>
  startTestBilling({
    startSandbox,
    createBilling: (tied) => {
      const billing = createBilling({
        plans: buildCatalog(),
        store: memory(),
        ...{ appUrl, identify: readIdentity },
        logger: { error: () => {}, warn: () => {}, info: () => {} },
        on: {
          "subscription.activated": ({ customerId }) => {
            if (breaks === "callback") throw new Error("The mail server is away.");
            told.push(`${customerId} came`);
          },
          "payment.succeeded": ({ customerId }) => void told.push(`${customerId} paid`),
        },
        ...tied,
      });
      const handler: typeof billing.handler = async (request) =>
        breaks === "webhook" ? new Response("Who are you?", { status: 400 }) : billing.handler(request);
      return { ...billing, handler };
    },
  });

let app: Awaited<ReturnType<typeof start>>;
let user: string;

beforeAll(async () => {
  app = await start();
});
afterAll(() => app.close());
beforeEach(() => {
  user = newUser();
});

async function checkOut(): Promise<string> {
  const body = { planId: "starter", interval: "month" };
  return (await send(app.billing, toRequest("POST", "/checkout", { as: user, body }))).body.id;
}

const planOf = async () => (await app.billing.access(new Headers({ "x-user": user }))).state.planId;

describe("startTestBilling", () => {
  it("pays, and has every webhook and callback done when it comes back", async () => {
    await app.pay(await checkOut());
    expect(await planOf()).toBe("starter");
    expect(told).toContain(`${user} came`);
  });

  it("moves billing's clock with the sandbox's, and plays each renewal on its day", async () => {
    await app.pay(await checkOut());
    const before = app.sandbox.now();
    await app.advance({ days: 63, hours: 2 });
    expect(app.sandbox.now().getTime() - before.getTime()).toBeGreaterThanOrEqual((63 * 24 + 2) * 3_600_000);
    expect(told.filter((line) => line === `${user} paid`)).toHaveLength(3);
    const { state } = await app.billing.access(new Headers({ "x-user": user }));
    expect(Date.parse(state.subscription?.currentPeriod?.end ?? "")).toBeGreaterThan(
      app.sandbox.now().getTime(),
    );
  });

  it("refuses to go back", async () => {
    await expect(app.advance(new Date(app.sandbox.now().getTime() - 1000))).rejects.toThrow(RangeError);
    await expect(app.advance({ days: -1 })).rejects.toThrow(RangeError);
  });

  it("rejects with the decline code of a card, and the checkout stays open", async () => {
    const id = await checkOut();
    await expect(app.pay(id, "4000 0000 0000 9995")).rejects.toThrow(/insufficient_funds/);
    await app.pay(id);
    expect(await planOf()).toBe("starter");
  });

  it("starts over with the catalog pushed", async () => {
    const own = await start();
    own.sandbox.reset();
    const answer = await own.sandbox.fetch(
      new Request(`${own.sandbox.url}/v1/products`, {
        headers: { authorization: `Bearer ${own.sandbox.secretKey}` },
      }),
    );
    expect((await answer.json()).data.length).toBeGreaterThan(2);
    await own.close();
  });
});

describe("fails loudly when", () => {
  it("a callback throws", async () => {
    breaks = "callback";
    await expect(app.pay(await checkOut())).rejects.toThrow(
      `The callback subscription.activated of ${user} failed: Error: The mail server is away.`,
    );
    breaks = null;
  });

  it("a webhook is refused, with what the app answered", async () => {
    const id = await checkOut();
    breaks = "webhook";
    await expect(app.pay(id)).rejects.toThrow(
      /webhooks? w(?:as|ere) refused by the app:\n.*\(evt_\w+\): 400 Who are you\?/,
    );
    breaks = null;
  });
});
