import { createNode } from "../dom/create-node.js";
import { formatAmount } from "../dom/format-amount.js";
import { openSheet } from "../dom/open-sheet.js";
import { type Language, languageFor } from "../words/words-for.js";
import type { ApiObject } from "./api-client.js";

/** Plays the bank: asks the person at the screen whether 3-D Secure goes well. Escape fails it. */
export function authenticate(
  intent: ApiObject,
  language: Language = languageFor(undefined),
): Promise<"succeed" | "fail"> {
  const words = language.words.bank;
  const complete = createNode("button", { type: "button", class: "Button Button--primary" }, words.complete);
  const fail = createNode("button", { type: "button", class: "Button" }, words.fail);
  return new Promise((resolve) => {
    const close = (outcome: "succeed" | "fail"): void => {
      sheet.close();
      resolve(outcome);
    };
    complete.addEventListener("click", () => close("succeed"));
    fail.addEventListener("click", () => close("fail"));
    const sheet = openSheet({
      name: "authentication",
      mark: language.words.sandbox,
      title: words.title,
      text: describe(intent, language),
      body: [],
      actions: [complete, fail],
      onCancel: () => close("fail"),
    });
  });
}

function describe({ amount, currency }: ApiObject, { tag, words }: Language): string {
  if (typeof amount !== "number" || typeof currency !== "string") return words.bank.setup;
  return words.bank.payment(formatAmount(amount, currency, tag));
}
