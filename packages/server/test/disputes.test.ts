import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { day } from "./ending-story.js";
import { openReturns, type Payer, type Returns } from "./returns-story.js";
import type { World } from "./world.js";

describe("a payment that is contested", () => {
  let returns: Returns;
  let world: World;
  beforeAll(async () => {
    returns = await openReturns({ store: memory(), disputes: { fraudWarnings: "refund" } });
    world = returns.world;
  });
  afterAll(() => world.close());

  async function dispute({ customer }: Payer, kind: string, which = 0) {
    const charge = (await returns.charges(customer)).data.at(which)?.id;
    await returns.act(charge, "dispute", { kind });
    const { data } = await world.dashboard.disputes.list({ charge: charge ?? "" });
    return data[0]?.id ?? "";
  }
  const answer = (id: string, uncategorized_text: string) =>
    world.dashboard.disputes.update(id, { evidence: { uncategorized_text } });
  async function settleTwice(user: string): Promise<void> {
    for (const _ of ["once", "again"]) await returns.settle(user);
  }
  const last = (user: string) => returns.told(user).at(-1);

  test("is told with the date until which to answer, and leaves access until it is decided; won, it stays", async () => {
    const payer = await returns.begin();
    const id = await dispute(payer, "dispute_fraudulent");
    await settleTwice(payer.user);
    expect(returns.names(payer.user)).toEqual(["dispute.opened"]);
    const { due_by } = (await world.dashboard.disputes.retrieve(id)).evidence_details;
    const respondBy = new Date((due_by ?? 0) * 1000).toISOString();
    const about = { disputeId: id, kind: "chargeback", invoiceId: payer.invoiceId, amount: 900, respondBy };
    expect(last(payer.user)?.data).toMatchObject(about);
    expect(await returns.plan(payer.user)).toBe("starter");
    await answer(id, "winning_evidence");
    world.tick(60);
    await settleTwice(payer.user);
    expect(returns.names(payer.user)).toEqual(["dispute.opened", "dispute.closed"]);
    expect(last(payer.user)?.data).toMatchObject({ status: "won", respondBy: null });
    expect(await returns.plan(payer.user)).toBe("starter");
    expect(await world.billing.disputes.list({ customerId: payer.user })).toMatchObject([
      { id, status: "won" },
    ]);
  });

  test("lost, it ends what it had paid for; an old payment's leaves the period that is paid for", async () => {
    const payer = await returns.begin();
    world.tick(31 * day + 7200);
    await returns.settle(payer.user);
    await world.dashboard.disputes.close(await dispute(payer, "dispute_product_not_received", 1));
    await settleTwice(payer.user);
    expect(last(payer.user)).toMatchObject({ type: "dispute.closed", data: { status: "lost" } });
    expect(await returns.plan(payer.user)).toBe("starter");
    const newest = await returns.latestInvoice(payer.customer);
    const books = { customerId: payer.user, invoiceId: newest };
    expect(await world.billing.refunds.payment(books)).toMatchObject({ refundable: 900, disputed: false });
    await world.dashboard.disputes.close(await dispute(payer, "dispute_fraudulent", 0));
    await settleTwice(payer.user);
    expect(last(payer.user)?.type).toBe("subscription.ended");
    expect(await returns.plan(payer.user)).toBe("free");
  });

  test("an inquiry takes nothing; closed, it is over, and as a chargeback it is told again", async () => {
    const closed = await returns.begin();
    await world.dashboard.disputes.close(await dispute(closed, "dispute_inquiry"));
    await settleTwice(closed.user);
    expect(returns.names(closed.user)).toEqual(["dispute.closed"]);
    const payer = await returns.begin();
    const id = await dispute(payer, "dispute_inquiry");
    await settleTwice(payer.user);
    expect(last(payer.user)?.data).toMatchObject({ kind: "inquiry", status: "needs_response" });
    await answer(id, "escalate_inquiry_evidence");
    world.tick(60);
    await settleTwice(payer.user);
    expect(returns.names(payer.user)).toEqual(["dispute.opened", "dispute.opened"]);
    expect(last(payer.user)?.data).toMatchObject({ kind: "chargeback", status: "needs_response" });
    expect(await returns.plan(closed.user)).toBe("starter");
  });

  test("prevented, the money is back and the subscription ends; the app is told once", async () => {
    const payer = await returns.begin();
    await dispute(payer, "dispute_prevented");
    await settleTwice(payer.user);
    expect(returns.names(payer.user)).toEqual(["dispute.closed", "subscription.ended"]);
    expect(returns.told(payer.user)[0]?.data).toMatchObject({ status: "prevented", respondBy: null });
    expect(await returns.plan(payer.user)).toBe("free");
  });

  test("what a network warns of is paid back once and ends, where the app wants that", async () => {
    const payer = await returns.begin();
    const charge = (await returns.charges(payer.customer)).data[0]?.id;
    await returns.act(charge, "early_fraud_warning");
    await settleTwice(payer.user);
    const told = ["fraud_warning.received", "refund.succeeded", "subscription.ended"];
    expect(returns.names(payer.user)).toEqual(told);
    expect(returns.told(payer.user)[1]?.data).toMatchObject({ amount: 900, reason: "fraudulent" });
    await returns.act(charge, "early_fraud_warning");
    await settleTwice(payer.user);
    expect((await world.dashboard.refunds.list({ charge: charge ?? "" })).data).toHaveLength(1);
    expect(await returns.plan(payer.user)).toBe("free");
  });

  test("a warning pays back nothing that is disputed already, and by default nothing at all", async () => {
    const payer = await returns.begin();
    const charge = (await returns.charges(payer.customer)).data[0]?.id ?? "";
    await dispute(payer, "dispute_inquiry");
    await returns.act(charge, "early_fraud_warning");
    await settleTwice(payer.user);
    expect((await world.dashboard.refunds.list({ charge })).data).toEqual([]);
    expect(returns.names(payer.user)).toContain("fraud_warning.received");
    const fraudWarnings = "never" as "tell";
    expect(() => world.instance({ disputes: { fraudWarnings } })).toThrow(
      expect.objectContaining({ code: "invalid_options" }),
    );
  });
});
