import { definePlans, type Interval } from "@tollgate/core";
import { startSandbox } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBilling } from "../src/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { startTestBilling } from "../src/testing/index.js";
import { appUrl, readIdentity, send, toRequest } from "./requests.js";
import { newUser } from "./world.js";

const prices = {
  day: { usd: 100 },
  "2_weeks": { usd: 900 },
  month: { usd: 1_500 },
  "3_months": { usd: 4_200 },
  year: { usd: 15_000 },
  "3_years": { usd: 40_000 },
} as const;

const plans = definePlans({
  features: { messages: { type: "metered", name: "Messages", reset: "period" } },
  plans: {
    free: { name: "Free", includes: { messages: 1 } },
    pro: { name: "Pro", prices, includes: { messages: 100 } },
    club: { name: "Club", prices: { "3_months": { usd: 9_900 } }, includes: { messages: 500 } },
  },
});

const start = () =>
  startTestBilling({
    startSandbox,
    createBilling: (tied) =>
      createBilling({
        plans,
        store: memory(),
        ...{ appUrl, identify: readIdentity, rateLimits: false },
        logger: { error: () => {}, warn: () => {}, info: () => {} },
        ...tied,
      }),
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

const call = (method: "GET" | "POST", path: string, body?: object) =>
  send(app.billing, toRequest(method, path, { as: user, ...(body && { body }) }));
const stateOf = async () => (await app.billing.access(new Headers({ "x-user": user }))).state;

async function subscribe(planId: string, interval: Interval): Promise<void> {
  const { status, body } = await call("POST", "/checkout", { planId, interval });
  expect({ status, code: body.error?.code }).toEqual({ status: 200, code: undefined });
  await app.pay(body.id);
}

describe("a plan is sold by any interval of its prices:", () => {
  it("all of them are listed, the shortest first", async () => {
    const { body } = await call("GET", "/plans");
    const shown = body.plans.find(({ id }: { id: string }) => id === "pro").prices;
    expect(
      shown.map(({ interval, amount }: { interval: string; amount: number }) => [interval, amount]),
    ).toEqual(Object.entries(prices).map(([interval, { usd }]) => [interval, usd]));
  });

  // The longest first: those who came before renew as well.
  it.each(
    Object.entries(prices)
      .map(([interval, { usd }]) => [interval as Interval, usd] as const)
      .toReversed(),
  )("%s is charged for once, and renews when it is over with a fresh count", async (interval, amount) => {
    await subscribe("pro", interval);
    const { subscription } = await stateOf();
    expect(subscription).toMatchObject({ planId: "pro", interval, unitAmount: amount, status: "active" });
    const customerId = user;
    await app.billing.usage.record({ customerId, feature: "messages", quantity: 99, idempotencyKey: user });
    const used = async () => (await stateOf()).features.messages?.used;
    expect(await used()).toBe(99);

    // A moment before it ends nothing has happened; an hour and a bit after it, the renewal is paid.
    const end = new Date(subscription?.currentPeriod?.end ?? "");
    const span = end.getTime() - Date.parse(subscription?.currentPeriod?.start ?? "");
    expect(Math.round(span / 86_400_000)).toBeOneOf([...(daysOf[interval] ?? [])]);
    await app.advance(new Date(end.getTime() - 1_000));
    expect(await used()).toBe(99);
    await app.advance(new Date(end.getTime() + 2 * 3_600_000));
    const renewed = await stateOf();
    expect(renewed.subscription).toMatchObject({ interval, status: "active" });
    expect(renewed.subscription?.currentPeriod?.start).toBe(end.toISOString());
    expect(await used()).toBe(0);
  });

  it("what a plan is not sold by is refused, whatever another one is sold by", async () => {
    const answer = await call("POST", "/checkout", { planId: "club", interval: "month" });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "unknown_price" } } });
    const wrong = await call("POST", "/checkout", { planId: "club", interval: "quarter" });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
  });

  it("a switch keeps to them: more money is now, less waits for the period's end", async () => {
    await subscribe("pro", "3_months");
    const { offers } = await stateOf();
    expect(offers.club).toEqual({ kind: "change", to: "higher", at: "now" });
    expect(offers.pro).toEqual({ kind: "current", changes: true });
    expect(await call("POST", "/portal", { flow: "switch_plan" })).toMatchObject({ status: 200 });
    user = newUser();
    await subscribe("club", "3_months");
    expect((await stateOf()).offers.pro).toEqual({ kind: "change", to: "lower", at: "period_end" });
  });
});

const daysOf: Readonly<Record<string, readonly number[]>> = {
  day: [1],
  "2_weeks": [14],
  month: [28, 29, 30, 31],
  "3_months": [89, 90, 91, 92],
  year: [365, 366],
  "3_years": [1095, 1096],
};
