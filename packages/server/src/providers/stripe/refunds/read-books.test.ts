import type Stripe from "stripe";
import { expect, it } from "vitest";
import { april, march } from "../../../../test/build-stripe.js";
import { periodOf } from "./read-books.js";

type Lines = Parameters<typeof periodOf>[0];

const line = (type: string, proration: boolean, start = march, end = april) => {
  const parent = { type, subscription_item_details: { proration } };
  return { parent, period: { start, end } } as unknown as Pick<Stripe.InvoiceLineItem, "parent" | "period">;
};
const item = "subscription_item_details";
const inMarch = { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" };

it.each<[string, Lines, object | null]>([
  ["a period's own price", [line(item, false)], inMarch],
  ["the longest of several", [line(item, false, march, march + 60), line(item, false)], inMarch],
  ["none for a change within a period", [line(item, true), line(item, true)], null],
  ["none for what is billed once", [line("invoice_item_details", false)], null],
])("is for %s", (_, lines, expected) => {
  expect(periodOf(lines)).toEqual(expected);
});
