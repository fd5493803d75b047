import type { Spoken } from "../../browser/words/words-for.js";
import { formatDay, formatMoney } from "../format/format-money.js";
import { de } from "../messages/de.js";
import { en, type Messages } from "../messages/en.js";
import { es } from "../messages/es.js";
import { fr } from "../messages/fr.js";
import { ja } from "../messages/ja.js";
import { ptBR } from "../messages/pt-br.js";
import { zhCN } from "../messages/zh-cn.js";

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

const catalogues: Readonly<Record<Spoken, Messages>> = { en, de, es, fr, ja, pt: ptBR, zh: zhCN };

const isSpoken = (language: string): language is Spoken => Object.hasOwn(catalogues, language);

/** Where a language is spoken most, for those who ask for no region: `pt-BR` of `pt`. */
const withRegion = (language: Spoken): string => {
  const { region } = new Intl.Locale(language).maximize();
  return region ? `${language}-${region}` : language;
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
      const [language = ""] = tag?.split("-") ?? [];
      if (tag !== undefined && isSpoken(language))
        return toLanguage(catalogues[language], tag.includes("-") ? tag : withRegion(language));
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
