import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Billing, Telemetry } from "../src/index.js";
import { quickPglite } from "./quick-pglite.js";
import { send, toRequest } from "./requests.js";
import { subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describe("what telemetry is told", () => {
  let world: World;
  let store: Store;
  let billing: Billing<World["billing"]["plans"]>;
  let told: { readonly name: string; readonly attributes: object }[] = [];

  const telemetry: Telemetry = {
    async trace(name, attributes, work) {
      let all = { ...attributes };
      try {
        return await work({
          set: (more) => {
            all = { ...all, ...more };
          },
        });
      } finally {
        told.push({ name, attributes: all });
      }
    },
    measure: (metric, value, attributes) => told.push({ name: metric, attributes: { ...attributes, value } }),
  };
  const named = (name: string) => told.filter((one) => one.name === name).map(({ attributes }) => attributes);

  beforeAll(async () => {
    store = quickPglite();
    world = await openWorld({ store, jobs: "manual" });
    billing = world.instance({
      store,
      telemetry,
      jobs: "background",
      on: { "subscription.activated": () => undefined },
    });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    told = [];
  });

  test("a request is reported by its route, never by an id in its path, with the calls to the provider within", async () => {
    const user = newUser();
    const body = { planId: "starter", interval: "month" };
    const opened = await send(billing, toRequest("POST", "/checkout", { as: user, body }));
    await send(billing, toRequest("GET", `/checkout/${opened.body.id}`, { as: user }));
    expect(named("tollgate GET /checkout/:id")).toEqual([
      { "http.request.method": "GET", "http.route": "/checkout/:id", "http.response.status_code": 200 },
    ]);
    expect(named("tollgate.provider.checkout.open")).toHaveLength(1);
    expect(named("tollgate.provider.checkout.read")).toHaveLength(1);
    expect(named("tollgate.request.duration")).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain(opened.body.id);
    expect(JSON.stringify(told)).not.toContain(user);
  });

  test("a refusal is reported with its status", async () => {
    await send(billing, toRequest("POST", "/checkout", { body: { planId: "starter", interval: "month" } }));
    expect(named("tollgate POST /checkout")).toMatchObject([{ "http.response.status_code": 401 }]);
  });

  test("an event is reported with what became of it and how late it was, a callback with its outcome", async () => {
    const { activated } = await subscribe(world, newUser());
    world.tick(30);
    await world.deliver(activated, { billing });
    await world.deliver(activated, { billing });
    const event = { "tollgate.provider": "stripe", "tollgate.event.type": "subscription.created" };
    expect(named("tollgate.webhook.events")).toEqual([
      { ...event, "tollgate.event.state": "applied", value: 1 },
      { ...event, "tollgate.event.state": "duplicate", value: 1 },
    ]);
    expect(named("tollgate.webhook.lag")[0]).toMatchObject({ value: 30 });
    await vi.waitFor(() =>
      expect(named("tollgate.callback.runs")).toEqual([
        { "tollgate.type": "subscription.activated", "tollgate.outcome": "succeeded", value: 1 },
      ]),
    );
  });

  test("how old an undetected difference can be is measured, and what was found with whether it was repaired", async () => {
    await store.enqueueJobs([{ type: "measure_drift" }]);
    const done = { "tollgate.type": "measure_drift", "tollgate.outcome": "succeeded", value: 1 };
    await vi.waitFor(() => expect(named("tollgate.job.runs")).toContainEqual(done));
    expect(named("tollgate.drift.age")).toEqual([]);
    await subscribe(world, newUser());
    world.tick(3_600);
    const { differences } = await billing.reconcile({ repair: true });
    expect(differences.length).toBeGreaterThan(0);
    expect(named("tollgate.reconcile.differences")).toContainEqual(
      expect.objectContaining({ "tollgate.repaired": true }),
    );
    world.tick(90);
    await store.enqueueJobs([{ type: "measure_drift" }]);
    const age = { "tollgate.provider": "stripe", value: 90 };
    await vi.waitFor(() => expect(named("tollgate.drift.age")).toContainEqual(age));
  });
});
