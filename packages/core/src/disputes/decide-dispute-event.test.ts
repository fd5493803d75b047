import { expect, it } from "vitest";
import { buildBooks, buildDispute } from "../testing/building/build-refund.js";
import { decideDisputeEvent, decideWarningEvent } from "./decide-dispute-event.js";

const decide = (dispute: Parameters<typeof buildDispute>[0], books = buildBooks({ disputed: true })) => {
  const { callbacks, jobs } = decideDisputeEvent({ dispute: buildDispute(dispute), books }, "org_1");
  return [callbacks.map(({ id }) => id), jobs.map(({ type }) => type)];
};

it.each<[string, Parameters<typeof buildDispute>[0], string[], string[]]>([
  ["an inquiry", { kind: "inquiry" }, ["du_1:dispute.opened:inquiry"], []],
  [
    "a chargeback, also one that began as an inquiry",
    {},
    ["du_1:dispute.opened:chargeback"],
    ["settle_dispute"],
  ],
  ["nothing of one that was answered", { status: "under_review" }, [], ["settle_dispute"]],
  ["one that was won", { status: "won" }, ["du_1:dispute.closed:won"], []],
  ["one that was lost", { status: "lost" }, ["du_1:dispute.closed:lost"], ["settle_dispute"]],
  ["one that was prevented", { status: "prevented" }, ["du_1:dispute.closed:prevented"], ["settle_dispute"]],
  ["an inquiry that was closed", { kind: "inquiry", status: "closed" }, ["du_1:dispute.closed:closed"], []],
])("tells %s", (_, dispute, ids, jobs) => {
  expect(decide(dispute)).toEqual([ids, jobs]);
  const [told] = decide(dispute, buildBooks({ subscriptionId: null }));
  expect(told, "of what was bought once").toEqual(ids);
});

it("says until when it can be answered, and what was paid for", () => {
  const dispute = buildDispute({ respondBy: "2026-03-20T23:59:59.000Z" });
  const { callbacks } = decideDisputeEvent({ dispute, books: buildBooks() }, "org_1");
  const about = { customerId: "org_1", disputeId: "du_1", subscriptionId: "sub_1", invoiceId: "in_1" };
  expect(callbacks[0]?.data).toMatchObject({ ...about, respondBy: "2026-03-20T23:59:59.000Z" });
});

it("tells a warning once, with what was paid, and has it looked into", () => {
  const warning = { id: "issfr_1", provider: "stripe", paymentId: "ch_1", kind: "misc", createdAt: "" };
  const { callbacks, jobs } = decideWarningEvent({ warning, books: buildBooks() }, "org_1");
  expect(callbacks).toMatchObject([
    { id: "issfr_1:fraud_warning.received", data: { amount: 2900, disputed: false, warningId: "issfr_1" } },
  ]);
  expect(jobs).toEqual([{ type: "settle_fraud_warning", provider: "stripe", warningId: "issfr_1" }]);
});
