import { startSandbox } from "@tollgate/sandbox";
import { createBilling } from "@tollgate/server";
import { memory } from "@tollgate/server/memory";
import { startTestBilling } from "@tollgate/server/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plans } from "./plans.js";

const told: string[] = [];

const start = () =>
  startTestBilling({
    startSandbox,
    // Your own createBilling, in a function that takes what ties it to the sandbox.
    createBilling: (tied) =>
      createBilling({
        plans,
        store: memory(),
        appUrl: "http://localhost:3000",
        identify: (request) => {
          const id = request.headers.get("x-user");
          return id === null ? null : { id, email: `${id}@example.com`, role: "manager" };
        },
        on: { "subscription.ended": ({ customerId }) => void told.push(`${customerId} left`) },
        ...tied,
      }),
  });

let app: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  app = await start();
});
afterAll(() => app.close());

/** Clicks "Buy", as the pricing table does; gives the checkout's id. */
async function checkOut(user: string): Promise<string> {
  const { handler, appUrl, basePath } = app.billing;
  const headers = { "x-user": user, "content-type": "application/json" };
  const body = JSON.stringify({ planId: "pro", interval: "month" });
  const answer = await handler(
    new Request(`${appUrl}${basePath}/checkout`, { method: "POST", headers, body }),
  );
  return (await answer.json()).id;
}

async function mayExport(user: string): Promise<boolean> {
  const access = await app.billing.access(new Headers({ "x-user": user }));
  return access.check("export").allowed;
}

it("opens with the trial, and stays open when the trial and the first month are paid", async () => {
  await app.pay(await checkOut("ada"));
  expect(await mayExport("ada")).toBe(true);
  await app.advance({ days: 14 + 32 });
  expect(await mayExport("ada")).toBe(true);
});

it("closes when the card fails after the trial, and says so in the end", async () => {
  await app.pay(await checkOut("bob"), "4000 0000 0000 0341"); // is saved, then every charge fails
  expect(await mayExport("bob")).toBe(true);
  await app.advance({ days: 15 });
  expect(await mayExport("bob")).toBe(false);
  await app.advance({ days: 30 });
  expect(told).toContain("bob left");
});
