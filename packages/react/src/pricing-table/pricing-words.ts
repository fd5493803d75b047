import type { Currency, PriceRate } from "@tollgate/core";
import { formatDate } from "../format/format-date.js";
import { sayMoney } from "../format/say-money.js";
import { type PlanView, totalOf } from "./plan-view.js";
import type { PlanMessages } from "./pricing-table-messages.js";
import { sayTiers } from "./say-tiers.js";

/** Writes amounts, dates, counts and sentences for one locale and currency. */
export interface PricingWords {
  readonly messages: PlanMessages;
  readonly locale: string;
  readonly currency: Currency;
  /** @default the table's currency */
  readonly money: (amount: number, currency?: Currency) => string;
  readonly date: (time: string) => string;
  readonly count: (value: number) => string;
}

export function createPricingWords(messages: PlanMessages, locale: string, currency: Currency): PricingWords {
  const numbers = new Intl.NumberFormat(locale);
  return {
    messages,
    locale,
    currency,
    money: (amount, own = currency) => sayMoney({ amount, currency: own }, locale),
    date: (time) => formatDate(time, locale),
    count: (value) => numbers.format(value),
  };
}

/** What the plan costs as chosen, within a sentence: "$145 a month". */
export function sayPrice(words: PricingWords, { price, quantity, currency, interval }: PlanView): string {
  const total = price === null ? 0 : totalOf(price, quantity);
  return words.messages.every(words.money(total, currency), interval);
}

/** What seats, or use beyond what is included, cost tier by tier. */
export function sayRate(
  { messages, money, count }: PricingWords,
  rate: PriceRate,
  currency: Currency,
  included?: number,
): string {
  const say = messages.rate ?? sayTiers;
  return say(rate, { money: (amount) => money(amount, currency), count, included });
}

/** What they pay for their plan now, whatever the card shows; `null` where nobody knows. */
function sayOwnPrice(words: PricingWords, { own, currency }: PlanView): string | null {
  return own && words.messages.every(words.money(own.total, currency), own.interval);
}

/** What the plan's button says. */
export function sayOffer(words: PricingWords, view: PlanView): string {
  const { messages } = words;
  const { offer, plan } = view;
  switch (offer.kind) {
    case "current":
      return messages.currentPlan;
    case "pending":
      return messages.startsOn(words.date(offer.at));
    case "checkout":
      if (offer.trialDays > 0) return messages.startTrial(offer.trialDays);
      return view.isSignedIn ? messages.upgrade : messages.getPlan(plan.name);
    case "change":
    case "switch":
      return sayChange(messages, offer.to, view);
    case "cancel":
      return messages.switchTo(plan.name);
    case "contact":
      return messages.contactUs;
    case "sign_up":
      return messages.startFree;
    case "managers_only":
      return messages.getPlan(plan.name);
    case "not_sold":
      return messages.notSold(words.currency.toUpperCase());
    case "not_switchable":
      return messages.notSwitchable;
  }
}

function sayChange(
  messages: PlanMessages,
  to: "higher" | "lower" | "interval" | "quantity",
  { plan, interval, quantity }: PlanView,
): string {
  if (to === "interval") return messages.switchInterval(interval);
  if (to === "quantity") return messages.changeSeats(quantity);
  return to === "higher" ? messages.upgrade : messages.switchTo(plan.name);
}

/** What a trial costs, now and later. */
export function sayTrial(words: PricingWords, view: PlanView): string {
  return words.messages.trialOffered(view.plan.trialDays, sayPrice(words, view));
}

/** The sentence about the plan's state, or `null`. */
export function sayNote(words: PricingWords, view: PlanView): string | null {
  const { messages } = words;
  const { note } = view;
  const own = sayOwnPrice(words, view);
  switch (note?.kind) {
    case "trial_offered":
      return sayTrial(words, view);
    case "trial_runs":
      return messages.trialRuns(words.date(note.until), own);
    case "ends":
      return messages.endsOn(words.date(note.at));
    case "changes":
      return messages.changesOn(view.notedPlan ?? note.planId, words.date(note.at));
    case "payment_failed":
      return note.isTheirs ? messages.paymentFailed : messages.paymentFailedForOthers;
    case "paused":
      return messages.paused;
    case "not_switchable":
      return messages.notSwitchableFrom(view.notedPlan, view.plan.name);
    case "pays_now":
      return own && messages.paysNow(own);
    case undefined:
      return null;
  }
}

/** This Intl writes "¥" or "$" as the locale knows it: "USD ($)". */
export function sayCurrency(currency: Currency, locale: string): string {
  const parts = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  const symbol = parts.formatToParts(0).find(({ type }) => type === "currency")?.value;
  const code = currency.toUpperCase();
  return symbol === undefined || symbol === code ? code : `${code} (${symbol})`;
}
