import { definePlans } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import { expect } from "vitest";
import type { TellLife } from "./lives.js";

const example = buildCatalog();
const { starter: _removed, ...others } = example.plans;

/** The example's, with a plan by the quarter; no type knows it. */
export const lifeCatalog = definePlans({
  ...example,
  plans: { ...example.plans, club: { name: "Club", prices: { "3_months": { usd: 4_200 } }, includes: {} } },
}) as unknown as ExampleCatalog;

const active = { status: "active" } as const;

export const quarterly: TellLife = async ({ begin }) => {
  const life = await begin({ planId: "club", interval: "3_months" });
  const { currentPeriod } = await life.stored();
  const { start = "", end = "" } = currentPeriod ?? {};
  expect(new Date(end).getUTCMonth()).toBe((new Date(start).getUTCMonth() + 3) % 12);
  await life.expect({ stored: { interval: "3_months" }, plan: "club", told: ["activated"], charged: 4_200 });
  await life.pass(60);
  await life.expect({ stored: active, plan: "club", told: ["activated"], charged: 4_200 });
  await life.renew();
  await life.expect({ stored: active, plan: "club", told: ["activated"], charged: 8_400 });
  await life.post("/subscription/cancel");
  await life.renew();
  const told = ["activated", "cancel_scheduled", "ended"];
  await life.expect({ stored: { status: "ended" }, plan: "free", told, charged: 8_400 });
};

export const planRemovedFromTheCatalog: TellLife = async ({ world, store, begin }) => {
  const life = await begin();
  // The next release, which shares the store with the one before it.
  const plans = { ...example, plans: others } as unknown as ExampleCatalog;
  const next = world.instance({ plans, store: { ...store, close: async () => {} } });
  const planThere = async () => (await next.access(new Headers({ "x-user": life.user }))).state.planId;
  await life.renew();
  await life.expect({ stored: active, plan: "starter", told: ["activated"], charged: 1800 });
  expect(await planThere()).toBe("starter");
  const { preview, answer } = await life.one.agree({ planId: "pro" });
  expect(answer.body).toMatchObject({ status: "changed" });
  const told = ["activated", "changed"];
  const charged = 1800 + preview.dueNow;
  await life.expect({ stored: { planId: "pro" }, plan: "pro", told, charged });
  expect(await planThere()).toBe("pro");
};
