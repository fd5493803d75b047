import { expect, it } from "vitest";
import { missing, starterOffer, subscribe, type World } from "./buyer.js";

export function describeDisputes(world: () => World): void {
  it("reads what is contested and what was paid for, and hands in evidence on request only, if it says that it can", async ({
    skip,
  }) => {
    const { disputes } = world().provider;
    const { driver } = world();
    if (disputes === undefined || driver.dispute === undefined) return skip("it claims no disputes");
    const ours = await subscribe(world(), starterOffer);
    const id = await driver.dispute(ours.providerCustomerId);
    const found = await disputes.readFacts(id);
    const books = { subscriptionId: ours.id, paid: 900, held: 900, disputed: true };
    expect(found).toMatchObject({
      dispute: { id, amount: 900, currency: "usd", kind: "chargeback", status: "needs_response" },
      ...{ books, facts: { earlier: [] } },
    });
    if (found === null) return;
    const { facts: _facts, ...read } = found;
    expect(await disputes.read(id)).toEqual(read);
    expect(await disputes.list(ours.providerCustomerId)).toEqual([found.dispute]);
    const evidence = {
      ...{ dispute: found.dispute, fields: { accessLog: "used it" }, missing: [], compelling: null },
    };
    await disputes.saveEvidence({ evidence, submit: false });
    expect((await disputes.read(id))?.dispute.status).toBe("needs_response");
    await disputes.saveEvidence({ evidence, submit: true });
    expect((await disputes.read(id))?.dispute).toMatchObject({ status: "under_review", respondBy: null });
    expect(await disputes.read(missing(id))).toBeNull();
    expect(await disputes.readWarning(missing(id))).toBeNull();
  });
}
