import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { day } from "./ending-story.js";
import { openReturns, type Returns } from "./returns-story.js";
import type { World } from "./world.js";

describe("evidence", () => {
  let returns: Returns;
  let world: World;
  beforeAll(async () => {
    returns = await openReturns({ store: memory() });
    world = returns.world;
  });
  afterAll(() => world.close());

  test("is assembled from what is known, staged, and handed in on request only", async () => {
    const payer = await returns.begin();
    // Seven months: the first ones are old enough for Visa, and none is too old.
    for (let month = 0; month < 7; month += 1) world.tick(31 * day);
    world.tick(7200);
    await returns.settle(payer.user);
    const { data: charges } = await returns.charges(payer.customer);
    const [latest] = charges;
    await returns.act(latest?.id, "dispute", { kind: "dispute_fraudulent" });
    const [dispute] = await world.billing.disputes.list({ customerId: payer.user });
    const disputeId = dispute?.id ?? "";
    const { disputes } = world.billing;

    const first = await disputes.evidence({ disputeId });
    expect(first.fields).toMatchObject({
      account: payer.user,
      plan: expect.stringContaining("starter, since 2026-11-"),
      customerEmail: `${payer.user}@example.com`,
      customerName: "Ada Lovelace",
      invoice: await returns.latestInvoice(payer.customer),
      receipt: expect.stringContaining("/receipts/"),
    });
    expect(first.missing).toEqual(expect.arrayContaining(["purchaseIp", "accessLog", "termsAccepted"]));
    expect(first.compelling).toMatchObject({ complete: false, matching: ["accountId", "customerEmail"] });
    const ids = first.compelling?.earlier.map(({ paymentId }) => paymentId) ?? [];
    for (const id of ids) {
      const age = (latest?.created ?? 0) - (charges.find((one) => one.id === id)?.created ?? 0);
      expect(age).toBeGreaterThanOrEqual(120 * day);
      expect(age).toBeLessThan(366 * day);
    }

    const purchaseIp = "203.0.113.7";
    const given = {
      ...{ disputeId, fields: { purchaseIp, accessLog: "2026-12-01 10:00 UTC, 203.0.113.7: export" } },
      earlier: Object.fromEntries(ids.map((id) => [id, { purchaseIp }])),
    };
    expect((await disputes.save(given)).compelling).toMatchObject({ complete: true });
    const staged = await world.dashboard.disputes.retrieve(disputeId);
    expect(staged).toMatchObject({
      status: "needs_response",
      evidence_details: { has_evidence: true, submission_count: 0 },
      evidence: {
        customer_purchase_ip: purchaseIp,
        access_activity_log: given.fields.accessLog,
        uncategorized_text: expect.stringContaining(`Account: ${payer.user}`),
        enhanced_evidence: {
          visa_compelling_evidence_3: {
            disputed_transaction: { customer_account_id: payer.user, merchandise_or_services: "services" },
            prior_undisputed_transactions: ids.map((charge) => ({
              charge,
              customer_purchase_ip: purchaseIp,
            })),
          },
        },
      },
    });
    expect(staged.evidence_details.enhanced_eligibility).toEqual({
      visa_compelling_evidence_3: { required_actions: [], status: "qualified" },
    });

    await disputes.submit(given);
    const handedIn = await world.dashboard.disputes.retrieve(disputeId);
    expect(handedIn).toMatchObject({ status: "under_review", evidence_details: { submission_count: 1 } });
    await expect(disputes.submit(given)).rejects.toMatchObject({ code: "dispute_not_open", status: 409 });
  });

  test("of nobody's dispute there is none", async () => {
    const none = world.billing.disputes.evidence({ disputeId: "du_none" });
    await expect(none).rejects.toMatchObject({ code: "not_found" });
  });
});
