import { de } from "../messages/de.js";
import { en, type Words } from "../messages/en.js";
import { es } from "../messages/es.js";
import { fr } from "../messages/fr.js";
import { ja } from "../messages/ja.js";
import { ptBR } from "../messages/pt-br.js";
import { zhCN } from "../messages/zh-cn.js";

/** One language of the elements. */
export interface Language {
  /** For `lang` and `Intl`, such as `de-AT`. */
  readonly tag: string;
  readonly words: Words;
}

/** The languages that the sandbox speaks; the hosted pages speak the same. */
const catalogue = { en, de, es, fr, ja, pt: ptBR, zh: zhCN } satisfies Record<string, Words>;

/** A language without its region, such as `pt`. */
export type Spoken = keyof typeof catalogue;

const isSpoken = (language: string): language is Spoken => Object.hasOwn(catalogue, language);

/** The page's `locale` option, else the browser's language; English for languages that there are no words for. */
export function languageFor(locale: unknown): Language {
  const asked = typeof locale === "string" && locale !== "auto" ? locale : navigator.language;
  const language = asked.split("-")[0]?.toLowerCase() ?? "";
  return isSpoken(language) ? { tag: asked, words: catalogue[language] } : { tag: "en-US", words: en };
}
