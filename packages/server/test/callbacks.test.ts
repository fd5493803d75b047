import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeEachStore } from "./each-store.js";
import { subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("a callback that throws", (createStore) => {
  let world: World;
  const attempts: string[] = [];

  beforeAll(async () => {
    world = await openWorld({
      store: createStore(),
      on: {
        "subscription.activated": (_data, { id }) => {
          attempts.push(id);
          if (attempts.length < 2) throw new Error("The mail server, reached with sk_live_abc123, is down.");
        },
      },
    });
  });
  afterAll(() => world.close());

  test("does not fail the webhook, and is tried again under the same id", async () => {
    const user = newUser();
    const { activated } = await subscribe(world, user);
    expect((await world.deliver(activated)).status).toBe(200);
    await vi.waitFor(() => expect(attempts).toHaveLength(2), { timeout: 10_000 });
    expect(attempts[0]).toBe(attempts[1]);
    const failures = world.logged.filter(({ level }) => level === "error");
    expect(failures).toMatchObject([{ fields: { type: "subscription.activated" } }]);
    expect(JSON.stringify(failures)).not.toContain("abc123");
  });
});
