import type { BillingProvider, ProviderManagement } from "@tollgate/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { newChanger } from "./changer.js";
import { openWorld, type World } from "./world.js";

const day = 86_400;
const starter = { planId: "starter", interval: "month" };

describe("billing.subscriptions", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ store: memory(), rateLimits: false });
  });
  afterAll(() => world.close());

  it("previews, changes and undoes by customer, as the routes do for the person who asks", async () => {
    const { user: customerId, access } = await newChanger(world, starter);
    const { subscriptions } = world.billing;
    const preview = await subscriptions.preview({ customerId, planId: "team", quantity: 4 });
    expect(preview).toMatchObject({ kind: "upgrade", dueNow: 5100, nextInvoice: { due: 6000 } });
    const made = await subscriptions.change({
      customerId,
      planId: "team",
      quantity: 4,
      preview: preview.token,
    });
    expect(made).toEqual({ status: "changed", effectiveAt: expect.any(String), clientSecret: null });
    expect((await access()).planId).toBe("team");
    expect(await subscriptions.change({ customerId, planId: "pro" })).toMatchObject({ status: "scheduled" });
    expect(await subscriptions.undoChange({ customerId, planId: "care" })).toEqual([]);
    expect(await subscriptions.undoChange({ customerId })).toMatchObject([{ planId: "pro" }]);
    expect(await subscriptions.undoChange({ customerId })).toEqual([]);
  });

  it("refuses what a type can't, before the provider is asked", async () => {
    const { subscriptions } = world.billing;
    const { user: customerId } = await newChanger(world, starter);
    for (const quantity of [0, -1, 2.5]) {
      const choice = { customerId, planId: "team", quantity } as const;
      await expect(subscriptions.preview(choice)).rejects.toMatchObject({ code: "invalid_quantity" });
    }
    const nobody = subscriptions.change({ customerId: "", planId: "pro" });
    await expect(nobody).rejects.toMatchObject({ code: "invalid_options" });
    const stranger = subscriptions.change({ customerId: "nobody", planId: "pro" });
    await expect(stranger).rejects.toMatchObject({ code: "nothing_to_manage" });
  });

  it("does not offer what the provider can't do, and says so when it is asked all the same", async () => {
    const { user: customerId } = await newChanger(world, starter);
    const choice = { customerId, planId: "pro" } as const;
    const unable = world.instance({
      provider: withManagement(world.provider, ({ changes: _, ...rest }) => rest),
    });
    const later = world.instance({
      provider: withManagement(world.provider, ({ changes, ...rest }) => ({
        ...rest,
        ...(changes && { changes: { ...changes, times: ["period_end"] } }),
      })),
    });
    for (const { subscriptions } of [unable, later]) {
      await expect(subscriptions.preview(choice)).rejects.toMatchObject({ code: "not_supported" });
      await expect(subscriptions.change(choice)).rejects.toMatchObject({ code: "not_supported" });
    }
    expect(await unable.subscriptions.undoChange({ customerId }), "nothing waits").toEqual([]);
  });
});

function withManagement(
  provider: BillingProvider,
  change: (manage: ProviderManagement) => ProviderManagement,
): BillingProvider {
  const own: BillingProvider = { ...provider, manage: change(provider.manage), forApp: () => own };
  return own;
}

describe("the policy of each direction", () => {
  it("can put what is settled on the next invoice", async () => {
    const changes = { upgrade: { at: "next_invoice" }, downgrade: { at: "next_invoice" } } as const;
    const world = await openWorld({ store: memory(), rateLimits: false, changes });
    const one = await newChanger(world, starter);
    world.tick(10 * day);
    const { preview, paid } = await one.agree({ planId: "team", quantity: 2 });
    expect(preview).toMatchObject({
      at: "next_invoice",
      dueNow: 0,
      nextInvoice: { total: 3000 + preview.total },
    });
    expect(preview.total).toBe(
      preview.lines.reduce((sum: number, line: { amount: number }) => sum + line.amount, 0),
    );
    expect(paid).toBe(0);
    expect((await one.access()).planId).toBe("team");
    const before = await one.charged();
    world.tick(21 * day);
    expect((await one.charged()) - before).toBe(preview.nextInvoice.due);
    await world.close();
  });

  it("can let a downgrade happen now, with what is left as credit, or without", async () => {
    for (const prorate of [true, false]) {
      const changes = { downgrade: { at: "now", prorate }, shorterInterval: { at: "now" } } as const;
      const world = await openWorld({ store: memory(), rateLimits: false, changes });
      const one = await newChanger(world, { planId: "team", interval: "month", quantity: 6 });
      const { preview } = await one.agree(starter as { planId: string; interval: "month" });
      const credit = prorate ? 8100 : 0;
      expect(preview).toMatchObject({ kind: "downgrade", at: "now", dueNow: 0, credit });
      expect(preview.nextInvoice).toMatchObject({ total: 900, due: prorate ? 0 : 900 });
      expect((await one.access()).planId).toBe("starter");
      const before = await one.charged();
      world.tick(31 * day);
      expect((await one.charged()) - before).toBe(preview.nextInvoice.due);
      await world.close();
    }
  });
});
