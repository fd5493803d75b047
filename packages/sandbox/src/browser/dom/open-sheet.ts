import { adoptCss, createNode } from "./create-node.js";
import { sheetCss } from "./sheet-css.js";

interface SheetSetup {
  readonly name: string;
  /** Says that this is the sandbox. */
  readonly mark: string;
  readonly title: string;
  readonly text: string;
  readonly body: readonly HTMLElement[];
  /** The first one gets the focus. */
  readonly actions: readonly HTMLButtonElement[];
  /** Escape was pressed. */
  readonly onCancel: () => void;
}

/** A dialog over the page that does not belong to it: a bank's, or a wallet's. */
export function openSheet(setup: SheetSetup): { close(): void } {
  const focusedBefore = document.activeElement;
  const host = createNode("div", { "data-sandbox": setup.name });
  const root = host.attachShadow({ mode: "open" });
  adoptCss(root, sheetCss);
  const dialog = createNode(
    "dialog",
    { "aria-labelledby": "title", "aria-describedby": "text" },
    createNode("p", { class: "Mark" }, setup.mark),
    createNode("h2", { id: "title" }, setup.title),
    createNode("p", { id: "text", class: "Text" }, setup.text),
    ...setup.body,
    createNode("div", { class: "Actions" }, ...setup.actions),
  );
  root.append(dialog);
  document.body.append(host);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    setup.onCancel();
  });
  dialog.showModal();
  setup.actions[0]?.focus();
  return {
    close() {
      if (!host.isConnected) return;
      dialog.close();
      host.remove();
      if (focusedBefore instanceof HTMLElement) focusedBefore.focus();
    },
  };
}
