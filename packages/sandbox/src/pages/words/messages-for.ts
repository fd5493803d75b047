import { formatDay, formatMoney } from "../format/format-money.js";
import { de } from "../messages/de/checkout.js";
import { en, type Messages } from "../messages/en/checkout.js";
import { es } from "../messages/es/checkout.js";
import { fr } from "../messages/fr/checkout.js";
import { ja } from "../messages/ja/checkout.js";
import { ptBR } from "../messages/pt-br/checkout.js";
import { zhCN } from "../messages/zh-cn/checkout.js";

/** The sentences of one language, and how it writes amounts and days. */
export type Language = {
  /** For `lang` and `Intl`, such as `de-AT`. */
  readonly tag: string;
  readonly dir: "ltr" | "rtl";
  readonly text: Messages;
  /** `amount` is in the currency's minor unit. */
  money(amount: number, currency: string): string;
  /** `seconds` since 1970. */
  day(seconds: number, length?: "full" | "short"): string;
};

/** A language's sentences, and its tag where only the language is asked for. */
const catalogues: Readonly<Record<string, readonly [Messages, string]>> = {
  en: [en, "en-US"],
  de: [de, "de-DE"],
  es: [es, "es-ES"],
  fr: [fr, "fr-FR"],
  ja: [ja, "ja-JP"],
  pt: [ptBR, "pt-BR"],
  zh: [zhCN, "zh-CN"],
};

const rightToLeft = new Set(["ar", "fa", "he", "ur"]);

/** The languages of an `Accept-Language` header, or of a single tag, best first. */
const inOrder = (wanted: string): string[] =>
  wanted
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.trim().split(/\s*;\s*q=/);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);

/** `de-at` as `de-AT`; undefined for what is not a language tag. */
const canonical = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};

/**
 * The first available language of a wish, else English. A wish is a locale (`de`, `pt-BR`; null, undefined
 * and "auto" wish for nothing), an `Accept-Language` header, or several of both in the order in which they
 * count.
 *
 * @example
 * const { text, money, tag } = messagesFor(session.locale, request.headers.get("accept-language"));
 */
export const messagesFor = (...wishes: ReadonlyArray<string | null | undefined>): Language => {
  for (const wish of wishes) {
    if (!wish || wish === "auto") continue;
    for (const asked of inOrder(wish)) {
      const tag = canonical(asked);
      const found = tag === undefined ? undefined : catalogues[tag.split("-")[0] ?? ""];
      if (tag !== undefined && found) return toLanguage(found[0], tag.includes("-") ? tag : found[1]);
    }
  }
  return toLanguage(en, "en-US");
};

const toLanguage = (text: Messages, tag: string): Language => ({
  tag,
  dir: rightToLeft.has(tag.split("-")[0] ?? "") ? "rtl" : "ltr",
  text,
  money: (amount, currency) => formatMoney(amount, currency, tag),
  day: (seconds, length) => formatDay(seconds, length, tag),
});
