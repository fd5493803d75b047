import { createNode } from "../dom/create-node.js";

/** One way to pay, as tabs and accordions show it. */
interface Choice {
  readonly key: string;
  readonly label: string;
  readonly panel: HTMLElement;
}

/** How the ways to pay are laid out. */
export interface PickerLayout {
  readonly kind: "tabs" | "accordion";
  readonly spaced: boolean;
  readonly radios: boolean;
}

/** Lets the customer choose among the ways to pay; one alone is simply shown. */
export interface MethodPicker {
  readonly node: HTMLElement;
  /** Undefined while the element is collapsed. */
  selected(): string | undefined;
  select(key: string | undefined): void;
  setDisabled(disabled: boolean): void;
}

interface PickerSetup {
  readonly choices: readonly Choice[];
  readonly layout: PickerLayout;
  readonly label: string;
  readonly initial: string | undefined;
  readonly onSelect: () => void;
}

export function createMethodPicker(setup: PickerSetup): MethodPicker {
  const { choices, layout } = setup;
  const isTabs = layout.kind === "tabs";
  const buttons = choices.map((choice) => createButton(choice, layout));
  let selected: string | undefined;

  function show(key: string | undefined): void {
    selected = key;
    buttons.forEach(({ button, item }, index) => {
      const choice = choices[index];
      const active = choice?.key === key;
      button.setAttribute(isTabs ? "aria-selected" : "aria-expanded", String(active));
      button.classList.toggle("Tab--selected", isTabs && active);
      item?.classList.toggle("AccordionItem--selected", active);
      // Only the chosen tab, or the first while none is, can be tabbed to: arrow keys continue from there.
      if (isTabs) button.tabIndex = active || (key === undefined && index === 0) ? 0 : -1;
      if (choice) choice.panel.hidden = !active;
    });
  }

  function select(key: string | undefined): void {
    if (selected === key) return;
    show(key);
    setup.onSelect();
  }

  buttons.forEach(({ button }, index) => {
    button.addEventListener("click", () => select(choices[index]?.key));
    button.addEventListener("keydown", (event) => {
      const step = stepOf(event);
      if (step === 0) return;
      event.preventDefault();
      const next = (index + step + buttons.length) % buttons.length;
      select(choices[next]?.key);
      buttons[next]?.button.focus();
    });
  });
  show(setup.initial);

  return {
    node: isTabs ? layOutTabs(setup, buttons) : layOutAccordion(setup, buttons),
    selected: () => selected,
    select,
    setDisabled(disabled) {
      for (const { button } of buttons) button.disabled = disabled;
    },
  };
}

type Buttons = ReturnType<typeof createButton>[];

function createButton({ key, label, panel }: Choice, { kind, radios }: PickerLayout) {
  panel.id = `Panel-${key}`;
  if (kind === "tabs") {
    const attributes = { id: `Tab-${key}`, role: "tab", "aria-controls": panel.id, class: "Tab" };
    return { button: createNode("button", { type: "button", ...attributes }, label), item: undefined };
  }
  const button = createNode(
    "button",
    { type: "button", class: "AccordionButton", "aria-controls": panel.id },
    ...(radios ? [createNode("span", { class: "Radio", "aria-hidden": "true" })] : []),
    label,
  );
  return { button, item: createNode("div", { class: "AccordionItem" }, button, panel) };
}

function layOutTabs({ choices, label }: PickerSetup, buttons: Buttons): HTMLElement {
  const list = createNode(
    "div",
    { class: "TabList", role: "tablist", "aria-label": label },
    ...buttons.map(({ button }) => button),
  );
  list.hidden = choices.length < 2;
  return createNode("div", { class: "Panel" }, list, ...choices.map(({ panel }) => panel));
}

function layOutAccordion({ label, layout }: PickerSetup, buttons: Buttons): HTMLElement {
  const name = layout.spaced ? "Accordion Accordion--spaced" : "Accordion";
  return createNode(
    "div",
    { class: name, role: "group", "aria-label": label },
    ...buttons.flatMap(({ item }) => (item ? [item] : [])),
  );
}

function stepOf({ key, target }: KeyboardEvent): -1 | 0 | 1 {
  const rtl = target instanceof HTMLElement && target.matches(":dir(rtl)");
  if (key === "ArrowDown") return 1;
  if (key === "ArrowUp") return -1;
  if (key === "ArrowRight") return rtl ? -1 : 1;
  if (key === "ArrowLeft") return rtl ? 1 : -1;
  return 0;
}
