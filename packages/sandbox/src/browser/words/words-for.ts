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

const catalogue: Readonly<Record<string, Words>> = { en, de, es, fr, ja, pt: ptBR, zh: zhCN };

/** The page's `locale` option, else the browser's language; English for languages that there are no words for. */
export function languageFor(locale: unknown): Language {
  const asked = typeof locale === "string" && locale !== "auto" ? locale : navigator.language;
  const words = catalogue[asked.split("-")[0]?.toLowerCase() ?? ""];
  return words ? { tag: asked, words } : { tag: "en-US", words: en };
}
