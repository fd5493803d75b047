import { createNode } from "../dom/create-node.js";
import type { Words } from "../messages/en.js";

/** One click that types something for the customer. */
export interface TestFill {
  readonly label: string;
  readonly hint?: string;
  readonly fill: () => void;
}

/** The row above a form: the sandbox's mark, and what it can type for the customer. */
export function createTestTools(words: Words, label: string, fills: readonly TestFill[]) {
  const chips = fills.map(({ label: text, hint, fill }) => {
    const chip = createNode("button", { type: "button", class: "Chip", title: hint }, text);
    chip.addEventListener("click", fill);
    return chip;
  });
  const mark = createNode("span", { class: "Mark" }, words.sandbox);
  return {
    node: createNode("div", { class: "Tools", role: "group", "aria-label": label }, mark, ...chips),
    setDisabled(disabled: boolean): void {
      for (const chip of chips) chip.disabled = disabled;
    },
  };
}
