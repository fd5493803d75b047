import { createNode } from "../dom/create-node.js";
import type { ElementView } from "../element/element-shell.js";
import type { MethodPanel, MethodType, Params, SavedMethod } from "../element/method-panel.js";
import { createMethodPicker, type MethodPicker } from "../element/method-picker.js";
import { type PaymentContext, plainContext } from "../element/payment-context.js";
import {
  decideLayout,
  decideTerms,
  decideTypes,
  type PaymentElementOptions,
} from "../element/payment-element-options.js";
import type { ApiError } from "../net/api-client.js";
import type { Language } from "../words/words-for.js";
import { createBankPanel } from "./bank-panel.js";
import { createCardPanel } from "./card-panel.js";
import { createSavedPanel, type SavedPanel } from "./saved-panel.js";

/** What the customer pays with: something saved, or what was typed. */
export type PaymentChoice =
  | { readonly saved: SavedMethod }
  | { readonly data: Params; readonly saves: boolean };

/** What the form's `change` event carries. */
interface PaymentFormState {
  readonly type: string;
  readonly empty: boolean;
  readonly complete: boolean;
  readonly collapsed: boolean;
  readonly saved: SavedMethod | undefined;
  readonly saves: boolean | undefined;
}

export interface PaymentForm extends ElementView {
  state(): PaymentFormState;
  choose(): PaymentChoice | { readonly error: ApiError };
  setContext(context: PaymentContext): void;
  update(options: PaymentElementOptions): void;
  collapse(): void;
}

interface PaymentFormSetup {
  readonly options: PaymentElementOptions;
  readonly language: Language;
  readonly onChange: () => void;
  readonly onRemove: (method: SavedMethod) => void;
}

/** The inside of a PaymentElement: ways to pay, each with its fields. */
export function createPaymentForm(setup: PaymentFormSetup): PaymentForm {
  const { language, onChange } = setup;
  const { words } = language;
  let options = setup.options;
  let context = plainContext;
  const panels = new Map<MethodType, MethodPanel>();
  const node = createNode("div", { class: "Form" });
  const box = createNode("input", { type: "checkbox" });
  const save = createNode("label", { class: "Check" }, box, words.method.save);
  const terms = createNode("p", { class: "Terms" });
  let savedPanel: SavedPanel | undefined;
  let picker: MethodPicker;

  function panelOf(type: MethodType): MethodPanel {
    const known = panels.get(type);
    if (known) return known;
    const made =
      type === "card"
        ? createCardPanel(options, language, refresh)
        : createBankPanel(type, options, language, refresh);
    panels.set(type, made);
    return made;
  }

  /** The panel of a new method, if one is chosen. */
  function current(): MethodPanel | undefined {
    const key = picker.selected();
    return key === undefined || key === "saved" ? undefined : panels.get(key as MethodType);
  }

  function refresh(): void {
    const panel = current();
    save.hidden = panel === undefined || !context.canSave;
    const reuses = context.reuses || (context.canSave && box.checked);
    terms.hidden = panel === undefined || !decideTerms(options, panel.type, reuses);
    terms.textContent = panel ? words.terms[panel.type](options.business?.name ?? words.terms.business) : "";
    onChange();
  }

  function arrange(keep: string | undefined): void {
    const types = decideTypes(context.types, options);
    savedPanel =
      context.saved.length === 0
        ? undefined
        : createSavedPanel({
            methods: context.saved,
            words,
            canRemove: context.canRemove,
            onChoose: refresh,
            onRemove: setup.onRemove,
          });
    const choices = [
      ...(savedPanel ? [{ key: "saved", label: words.method.saved, panel: savedPanel.node }] : []),
      ...types.map((type) => ({ key: type, label: words.method[type], panel: panelOf(type).node })),
    ];
    const layout = decideLayout(options, choices.length);
    const isChoice = choices.length > 1 || layout.kind === "accordion";
    const first = layout.collapsed && isChoice ? undefined : choices[0]?.key;
    picker = createMethodPicker({
      choices,
      layout,
      label: words.method.legend,
      initial: choices.some(({ key }) => key === keep) ? keep : first,
      onSelect: refresh,
    });
    node.replaceChildren(picker.node, save, terms);
    lock();
    refresh();
  }

  function lock(): void {
    const disabled = options.readOnly === true;
    picker.setDisabled(disabled);
    savedPanel?.setDisabled(disabled);
    box.disabled = disabled;
  }

  box.addEventListener("change", refresh);
  arrange(undefined);

  return {
    node,
    state() {
      const panel = current();
      const saved = picker.selected() === "saved" ? savedPanel?.chosen() : undefined;
      return {
        type: saved?.type ?? panel?.type ?? "",
        empty: saved === undefined && (panel?.isEmpty() ?? true),
        complete: saved !== undefined || (panel?.isComplete() ?? false),
        collapsed: picker.selected() === undefined,
        saved,
        saves: panel && context.canSave ? box.checked : undefined,
      };
    },
    choose() {
      const saved = picker.selected() === "saved" ? savedPanel?.chosen() : undefined;
      if (saved) return { saved };
      const panel = current();
      const code = "incomplete_payment_details";
      if (!panel) return { error: { type: "validation_error", code, message: words.method.choose } };
      const error = panel.validate();
      return error ? { error } : { data: panel.data(), saves: context.canSave && box.checked };
    },
    setContext(next) {
      context = next;
      // Something saved comes first; else the customer stays where they are already typing.
      const typed = [...panels.values()].find((panel) => !panel.isEmpty())?.type;
      arrange(typed);
    },
    update(next) {
      options = { ...options, ...next };
      for (const panel of panels.values()) panel.update(next);
      if (next.layout !== undefined || next.paymentMethodOrder !== undefined) arrange(picker.selected());
      lock();
      refresh();
    },
    collapse: () => picker.select(undefined),
    clear: () => {
      for (const panel of panels.values()) panel.clear();
    },
    focus() {
      if (picker.selected() === "saved") savedPanel?.focus();
      else current()?.focus();
    },
  };
}
