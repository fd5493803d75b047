import type { Change, ChangeCost } from "@tollgate/core";
import { buildSubscription } from "@tollgate/core/testing";
import { expect, test } from "vitest";
import { makeToken, readToken } from "./preview-token.js";

const now = new Date("2026-03-10T12:00:00.500Z");
const at = (seconds: number) => (Math.floor(now.getTime() / 1000) + seconds).toString(36);

test.each([
  [0, "2026-03-10T12:00:00.000Z"],
  [-1800, "2026-03-10T11:30:00.000Z"],
])("a token of %i seconds from now says from when the period is settled", (seconds, expected) => {
  expect(readToken(`${at(seconds)}.abc`, now)).toBe(expected);
});

test.each([
  `${at(-1801)}.abc`,
  `${at(1)}.abc`,
  "abc",
  "",
  ".",
  `${at(0)}`,
  `${at(0)}.a.b`,
  "zzzzzzzzzzzz.abc",
])("%s is outdated, or none of ours", (token) => {
  expect(() => readToken(token, now)).toThrow(expect.objectContaining({ code: "preview_outdated" }));
});

const from = "2026-03-10T12:00:00.000Z";
const change = {
  kind: "upgrade",
  at: "now",
  subscription: buildSubscription({}),
  itemId: "si_1",
  to: {},
} as Change;
const line = (amount: number, end: string, proration: boolean): ChangeCost["lines"][number] => ({
  ...{ description: "Messages", amount, quantity: 7, proration },
  period: { start: "2026-03-01T00:00:00.000Z", end },
});
const cost = (...lines: ChangeCost["lines"]): ChangeCost => ({
  ...{ currency: "usd", dueNow: 100, total: 100, tax: 0, taxIncluded: 0, credit: 0, nextInvoice: null },
  lines,
});
const tokenOf = (...lines: ChangeCost["lines"]) => makeToken(change, cost(...lines), from);

test("what was used until one confirms is agreed on by its sum, not by the second in which one asked", async () => {
  const asked = await tokenOf(line(14, "2026-03-10T12:00:00.000Z", false));
  expect(await tokenOf(line(14, "2026-03-10T12:00:09.000Z", false))).toBe(asked);
  expect(await tokenOf(line(16, "2026-03-10T12:00:09.000Z", false))).not.toBe(asked);
});

test("of a part of a period its end is agreed on too", async () => {
  const asked = await tokenOf(line(14, "2026-03-31T00:00:00.000Z", true));
  expect(await tokenOf(line(14, "2026-04-01T00:00:00.000Z", true))).not.toBe(asked);
});
