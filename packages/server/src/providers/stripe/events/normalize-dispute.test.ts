import { expect, it } from "vitest";
import { buildEvent } from "../../../../test/build-stripe.js";
import { normalizeEvent } from "./normalize.js";

const dispute = { id: "du_1", object: "dispute", charge: "ch_1", status: "needs_response" };
const normalize = (type: string, object: object, before?: object) => {
  const event = buildEvent(type, object);
  return normalizeEvent({ ...event, data: { ...event.data, previous_attributes: before } });
};

it.each([
  ["charge.dispute.created", undefined],
  ["charge.dispute.closed", { status: "under_review" }],
  ["charge.dispute.updated", { status: "warning_needs_response" }],
])("hears of a dispute by %s", (type, before) => {
  expect(normalize(type, dispute, before)).toMatchObject({ type: "dispute.updated", disputeId: "du_1" });
});

it.each([
  ["noted evidence", "charge.dispute.updated", { evidence: {} }],
  ["its money, which the dispute itself tells", "charge.dispute.funds_withdrawn", undefined],
  ["a warning that was acted upon", "radar.early_fraud_warning.updated", { actionable: true }],
])("hears nothing in %s", (_, type, before) => {
  expect(normalize(type, dispute, before)).toBeNull();
});

it("hears of a network's warning, and can't read one without an id", () => {
  const type = "radar.early_fraud_warning.created";
  expect(normalize(type, { id: "issfr_1" })).toMatchObject({
    type: "fraud_warning.created",
    warningId: "issfr_1",
  });
  expect(normalize(type, {})).toMatchObject({ type: "unreadable" });
});
