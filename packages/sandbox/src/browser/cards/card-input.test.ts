import { expect, test } from "vitest";
import { checkCardNumber, decideBrand, formatCardNumber } from "./card-number.js";
import { checkExpiry, formatExpiry } from "./typed-expiry.js";

test.each([
  ["4242424242424242", "visa", "4242 4242 4242 4242"],
  ["378282246310005", "amex", "3782 822463 10005"],
  ["5555555555554444", "mastercard", "5555 5555 5555 4444"],
  ["36227206271667", "diners", "3622 720627 1667"],
  ["42424242424242429999", "visa", "4242 4242 4242 4242"],
])("writes %s as its network (%s) does", (digits, brand, written) => {
  expect(decideBrand(digits)).toBe(brand);
  expect(formatCardNumber(digits)).toBe(written);
});

test.each([
  ["", "empty"],
  ["4242 42", "incomplete"],
  ["4242 4242 4242 4241", "invalid"],
  ["4242 4242 4242 4242", "complete"],
  ["4000002500003155", "complete"],
])("finds the number «%s» %s", (text, verdict) => {
  expect(checkCardNumber(text)).toBe(verdict);
});

test.each([
  ["4", "", "04 / "],
  ["12", "1", "12 / "],
  ["1230", "123", "12 / 30"],
  ["12/2030", "", "12 / 30"],
  ["12 /", "12 / ", "12"],
  ["1/", "1", "01 / "],
])("writes the expiry «%s» (after «%s») as «%s»", (text, previous, written) => {
  expect(formatExpiry(text, previous)).toBe(written);
});

const today = new Date(2026, 10, 21);

test.each([
  ["", "empty"],
  ["12", "incomplete"],
  ["13 / 30", "invalid_month"],
  ["12 / 25", "past_year"],
  ["10 / 26", "past_month"],
  ["11 / 26", "complete"],
  ["12 / 90", "invalid_year"],
])("finds the expiry «%s» %s in November 2026", (text, verdict) => {
  expect(checkExpiry(text, today)).toBe(verdict);
});
