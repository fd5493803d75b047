import { type CallbackData, formatMoney, type UsageThresholdData } from "@tollgate/core";
import { type NoticeText, type NoticeWords, wordsFor } from "./notice-words.js";
import { toHtml } from "./to-html.js";
import type { UsageFacts } from "./usage-words.js";

/** What a mail can be about: a callback with what it received. */
export type Notice = {
  readonly [T in NoticeType]: { readonly type: T; readonly data: CallbackData[T] };
}[NoticeType];

type NoticeType =
  | "dunning.notice"
  | "payment.recovered"
  | "dunning.ended"
  | "payment_method.expiring"
  | "price_change.announced"
  | "usage.threshold_reached";

/** How a mail is written. */
export interface NoticeStyle {
  /** What the customer pays for, in words that they know. */
  readonly productName: string;
  /** A BCP 47 tag; there are words in English and German, and others get English. @default "en" */
  readonly locale?: string;
  /** Of the days that are named, an IANA name. @default "UTC" */
  readonly timeZone?: string;
}

/** A mail without its addresses. Both bodies say the same. */
export interface RenderedNotice {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Writes the mail for a callback about a failed payment, a card that runs out, a new price, or what was used. It holds nothing but what the callback has: no key, no card
 * number, no link that lets anybody in.
 *
 * @throws RangeError when `timeZone` is not an IANA name
 * @example
 * import type { DunningNoticeData } from "@tollgate/core";
 * function subjectOf(data: DunningNoticeData): string {
 *   return renderNotice({ type: "dunning.notice", data }, { productName: "Acme Pro", locale: "de" }).subject;
 * }
 */
export function renderNotice(notice: Notice, style: NoticeStyle): RenderedNotice {
  const { locale, words } = wordsFor(style.locale ?? "en");
  const { subject, paragraphs } = write(notice, words, { ...style, locale });
  const link = linkOf(notice, words);
  const text = [...paragraphs, ...(link ? [`${link.label}: ${link.url}`] : [])].join("\n\n");
  const html = toHtml({ lang: locale, subject, paragraphs, link });
  return { subject, text: `${text}\n`, html };
}

function linkOf({ data }: Notice, words: NoticeWords) {
  if ("manageUrl" in data) return { label: words.manage, url: data.manageUrl };
  return "updateUrl" in data ? { label: words.update, url: data.updateUrl } : null;
}

function write(
  { type, data }: Notice,
  words: NoticeWords,
  { productName, locale, timeZone = "UTC" }: NoticeStyle & { readonly locale: string },
): NoticeText {
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  const day = (time: string) => dates.format(new Date(time));
  // A line break in a subject would begin another header.
  const product = productName.replaceAll(/\p{Cc}+/gu, " ").trim();
  if (type === "payment_method.expiring") {
    const { brand, last4, expiresAt, renewsAt } = data;
    // The last day on which it is good.
    const lastDay = new Date(Date.parse(expiresAt) - 1);
    const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
    const card = `${brand.charAt(0).toUpperCase()}${brand.slice(1)}${last4 === null ? "" : ` ••${last4}`}`;
    return words.expiring({ product, card, month: month.format(lastDay), renewal: day(renewsAt) });
  }
  if (type === "usage.threshold_reached") return words.usage(usageFactsOf(data, { product, locale, day }));
  if (type === "price_change.announced") {
    const { currency, oldAmount, newAmount, effectiveAt } = data;
    const money = (amount: number) => formatMoney({ amount, currency }, locale);
    return words.newPrice({ product, old: money(oldAmount), next: money(newAmount), from: day(effectiveAt) });
  }
  const facts = { product, amount: formatMoney(data, locale), since: day(data.since) };
  switch (type) {
    case "dunning.notice": {
      const { nextAttemptAt, graceEndsAt, final } = data;
      const nextAttempt = nextAttemptAt && day(nextAttemptAt);
      return words.failed({ ...facts, nextAttempt, graceEnd: graceEndsAt && day(graceEndsAt), final });
    }
    case "payment.recovered":
      return words.recovered(facts);
    case "dunning.ended":
      return words.ended(facts, data.outcome);
  }
}

function usageFactsOf(
  { name, percent, used, limit, overage, cap, period }: UsageThresholdData,
  { product, locale, day }: { product: string; locale: string; day: (time: string) => string },
): UsageFacts {
  const count = new Intl.NumberFormat(locale);
  const part = new Intl.NumberFormat(locale, { style: "percent" });
  return {
    ...{ product, overage, isAll: percent >= 100 },
    feature: name.replaceAll(/\p{Cc}+/gu, " ").trim(),
    percent: part.format(percent / 100),
    used: count.format(used),
    limit: count.format(limit),
    cap: cap && { raisedBy: cap.raisedBy, money: cap.money && formatMoney(cap.money, locale) },
    reset: period.endsAt && day(period.endsAt),
  };
}
