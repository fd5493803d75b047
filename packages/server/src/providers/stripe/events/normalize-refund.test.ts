import { expect, it } from "vitest";
import { buildEvent } from "../../../../test/build-stripe.js";
import { normalizeEvent } from "./normalize.js";

const refund = { id: "re_1", object: "refund", customer: "cus_1", status: "succeeded" };
const normalize = (type: string, object: object, before?: object) => {
  const event = buildEvent(type, object);
  const data = { ...event.data, ...(before && { previous_attributes: before }) };
  return normalizeEvent({ ...event, data });
};

it.each([
  ["refund.created", undefined],
  ["refund.failed", undefined],
  ["refund.updated", { status: "pending" }],
])("hears of a refund by %s", (type, before) => {
  const heard = { type: "refund.updated", refundId: "re_1", providerCustomerId: "cus_1" };
  expect(normalize(type, refund, before)).toMatchObject(heard);
});

it.each([
  ["a reference of the bank's", "refund.updated", { destination_details: { card: {} } }],
  ["nothing at all", "refund.updated", undefined],
  ["what a charge repeats", "charge.refund.updated", { status: "pending" }],
])("hears nothing in %s, so that nothing is told again weeks later", (_, type, before) => {
  expect(normalize(type, refund, before)).toBeNull();
});

it("can't read one without an id", () => {
  expect(normalize("refund.created", { object: "refund" })).toMatchObject({ type: "unreadable" });
});
