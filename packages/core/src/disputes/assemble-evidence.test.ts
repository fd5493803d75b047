import { describe, expect, it } from "vitest";
import type { EarlierPayment, EvidenceGiven } from "../language/dispute-evidence.js";
import { buildDispute } from "../testing/building/build-refund.js";
import { assembleEvidence } from "./assemble-evidence.js";

const paidAt = "2026-12-31T12:00:00.000Z";
const daysBefore = (days: number) => new Date(Date.parse(paidAt) - days * 86_400_000).toISOString();
const mine = { accountId: "org_1", customerEmail: "ada@example.com" };
const paid = (paymentId: string, days: number, identity = mine): EarlierPayment => {
  return { paymentId, paidAt: daysBefore(days), description: "Pro", identity };
};
const assemble = (earlier: readonly EarlierPayment[], given: EvidenceGiven = {}, isVisaFraud = true) =>
  assembleEvidence({
    dispute: buildDispute(),
    known: { account: "org_1", plan: "pro", customerEmail: "ada@example.com", receipt: null },
    payment: { paidAt, identity: mine },
    ...{ isVisaFraud, earlier, given },
  });
const chosen = (earlier: readonly EarlierPayment[], given: EvidenceGiven = {}) =>
  assemble(earlier, given).compelling?.earlier.map(({ paymentId }) => paymentId);

describe("assembleEvidence", () => {
  it("says what is known, and by name what nobody has given", () => {
    const { fields, missing } = assemble([], {
      fields: { accessLog: "used it", plan: "Pro" },
      text: "Hello",
    });
    const known = { account: "org_1", plan: "Pro", customerEmail: "ada@example.com" };
    expect(fields).toEqual({ ...known, accessLog: "used it", text: "Hello" });
    expect(missing).toEqual([
      ...["productDescription", "serviceDate", "customerName", "billingAddress", "purchaseIp"],
      ...["termsAccepted", "invoice", "receipt"],
    ]);
  });

  it.each<[string, readonly number[], readonly string[] | undefined]>([
    ["from 120 to 365 days before", [120, 365], ["a", "b"]],
    ["none that is a day too young", [119, 200], undefined],
    ["none that is a day too old", [200, 366], undefined],
    ["the latest of several", [300, 150, 200], ["b", "c"]],
    ["not one alone", [200], undefined],
  ])("takes two earlier payments, %s", (_, ages, expected) => {
    expect(chosen(ages.map((days, index) => paid("abc".charAt(index), days)))).toEqual(expected);
  });

  it("is complete with two identifiers that are the same in all three, one of them an address or a device", () => {
    const two = [paid("a", 150), paid("b", 200)];
    const ip = { purchaseIp: "203.0.113.7" };
    expect(assemble(two).compelling).toMatchObject({
      matching: ["accountId", "customerEmail"],
      complete: false,
    });
    const half = { fields: ip, earlier: { a: ip } };
    expect(assemble(two, half).compelling).toMatchObject({ complete: false });
    const whole = { fields: ip, earlier: { a: ip, b: ip } };
    expect(assemble(two, whole).compelling).toMatchObject({
      ...{ matching: ["accountId", "customerEmail", "purchaseIp"], complete: true },
      disputed: { ...mine, ...ip },
    });
    const device = { deviceId: "device-of-15-chars" };
    const byDevice = { device, earlier: { a: device, b: device } };
    expect(assemble(two, byDevice).compelling).toMatchObject({ complete: true });
  });

  it("prefers those that identify the payer over later ones, and asks nothing of other disputes", () => {
    const ip = { purchaseIp: "203.0.113.7" };
    const three = [paid("a", 130), paid("b", 200), paid("c", 300)];
    expect(chosen(three, { fields: ip, earlier: { b: ip, c: ip } })).toEqual(["b", "c"]);
    expect(assemble(three, {}, false).compelling).toBeNull();
  });
});
