import type { Context } from "../world/context.js";
import { cardError } from "../world/stripe-error.js";
import type { CardBehaviour } from "./card-behaviour.js";
import { type TestCardRow, testCardTable } from "./test-card-table.js";

/** The part of a test card that may be stored and shown. */
export type TestCard = {
  brand: string;
  funding: string;
  country: string;
  fingerprint: string;
  behaviour: CardBehaviour;
};

const toCard = (row: TestCardRow, index: number): TestCard => ({
  brand: row.brand,
  funding: row.funding ?? "credit",
  country: row.country ?? "US",
  fingerprint: `TestCard${String(index).padStart(8, "0")}`,
  behaviour: row.behaviour,
});

const cards = new Map(
  testCardTable.map((row, index): [string, TestCard] => [row.number, toCard(row, index)]),
);

const numbers = new Map(
  testCardTable.flatMap(({ number, names }) => names.map((name): [string, string] => [name, number])),
);

/** The number behind `pm_card_visa` or `tok_visa`, or undefined. */
export const numberOfToken = (token: string): string | undefined =>
  numbers.get(/^(?:pm_card_|tok_)(\w+)$/.exec(token)?.[1] ?? "");

/** A card of a token: it is good until this month of next year, and its code has not been looked at yet. */
export const cardOfToken = (ctx: Context, number: string) => ({
  number,
  exp_month: ctx.now.getUTCMonth() + 1,
  exp_year: ctx.now.getUTCFullYear() + 1,
  cvc: "123",
  ofToken: true,
});

const luhn = (number: string): boolean => {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

/** The card behind a number; throws for what is not a number, or not a test card's. */
export const readTestCard = (number: string): TestCard => {
  if (!/^\d{12,19}$/.test(number) || !luhn(number))
    throw cardError({ code: "incorrect_number", message: "Your card number is incorrect.", param: "number" });
  const card = cards.get(number);
  if (card) return card;
  throw cardError({
    code: "card_declined",
    decline_code: "test_mode_live_card",
    message:
      "Your card was declined. Your request was in test mode, but used a non test (live) card. " +
      "For a list of valid test cards, visit: https://docs.stripe.com/testing.",
  });
};
