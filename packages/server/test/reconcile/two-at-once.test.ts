import { expect, test } from "vitest";
import { describeOnPostgres } from "../each-store.js";
import { subscribe } from "../subscriber.js";
import { newUser, openWorld } from "../world.js";

describeOnPostgres("two that compare at once", (createStore) => {
  test("one works, and the other says so; one customer is compared meanwhile", async () => {
    const world = await openWorld({ store: createStore() });
    await subscribe(world, newUser());
    world.tick(3600);
    const other = world.instance({ store: createStore() });
    let refused: Promise<unknown> | undefined;
    let meanwhile: Promise<unknown> | undefined;
    const report = await world.billing.reconcile({
      async onDifference() {
        refused = other.reconcile({ repair: true }).catch((error: unknown) => error);
        meanwhile = other.reconcile({ customerId: "org_1" });
        await Promise.all([refused, meanwhile]);
      },
    });
    expect(report).toMatchObject({ complete: true, found: 1 });
    expect(await refused).toMatchObject({ code: "reconcile_running", status: 409 });
    expect(await meanwhile).toMatchObject({ complete: true, checked: 0 });
    expect(await other.reconcile()).toMatchObject({ complete: true, resumed: false });
    await other.close();
    await world.close();
  });
});
