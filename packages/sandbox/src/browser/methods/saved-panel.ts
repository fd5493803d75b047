import { createNode } from "../dom/create-node.js";
import type { SavedMethod } from "../element/method-panel.js";
import type { Words } from "../messages/en.js";
import { brandNames } from "./card-form-controls.js";

/** The list of what the customer saved before. */
export interface SavedPanel {
  readonly node: HTMLElement;
  chosen(): SavedMethod | undefined;
  setDisabled(disabled: boolean): void;
  focus(): void;
}

interface SavedPanelSetup {
  readonly methods: readonly SavedMethod[];
  readonly words: Words;
  readonly canRemove: boolean;
  readonly onChoose: () => void;
  readonly onRemove: (method: SavedMethod) => void;
}

/** Chooses the newest at first. */
export function createSavedPanel(setup: SavedPanelSetup): SavedPanel {
  const { methods, words } = setup;
  const rows = methods.map((method, index) => {
    const name = describe(method, words);
    const radio = createNode("input", { type: "radio", name: "saved", checked: index === 0 });
    radio.addEventListener("change", setup.onChoose);
    const label = createNode("label", {}, radio, createNode("span", {}, name));
    const expiry = expiryOf(method);
    if (expiry) label.append(createNode("small", {}, words.method.expires(expiry)));
    const remove = createNode(
      "button",
      { type: "button", class: "Link", "aria-label": words.method.removeNamed(name) },
      words.method.remove,
    );
    remove.addEventListener("click", () => setup.onRemove(method));
    const node = createNode("div", { class: "Saved" }, label, ...(setup.canRemove ? [remove] : []));
    return { method, radio, remove, node };
  });
  return {
    node: createNode(
      "div",
      { class: "SavedList", role: "radiogroup", "aria-label": words.method.saved },
      ...rows.map((row) => row.node),
    ),
    chosen: () => rows.find(({ radio }) => radio.checked)?.method,
    setDisabled(disabled) {
      for (const { radio, remove } of rows) {
        radio.disabled = disabled;
        remove.disabled = disabled;
      }
    },
    focus: () => (rows.find(({ radio }) => radio.checked) ?? rows[0])?.radio.focus(),
  };
}

function describe(method: SavedMethod, { method: words }: Words): string {
  if (method.card) {
    const known = Object.entries(brandNames).find(([brand]) => brand === method.card?.brand)?.[1];
    return words.ending(known || method.card.brand, method.card.last4);
  }
  const account = method.sepa_debit ?? method.us_bank_account;
  return words.ending(
    method.type === "sepa_debit" ? words.sepa_debit : words.us_bank_account,
    account?.last4 ?? "",
  );
}

function expiryOf({ card }: SavedMethod): string | undefined {
  if (!card) return undefined;
  return `${String(card.exp_month).padStart(2, "0")} / ${String(card.exp_year % 100).padStart(2, "0")}`;
}
