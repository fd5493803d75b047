import type { ApiObject } from "./api-client.js";
import { authenticationDialogCss } from "./authentication-dialog-css.js";
import { adoptCss, createNode } from "./create-node.js";

/** Plays the bank: asks the person at the screen whether 3-D Secure goes well. Escape fails it. */
export function authenticate(intent: ApiObject): Promise<"succeed" | "fail"> {
  const focusedBefore = document.activeElement;
  const host = createNode("div", { "data-sandbox": "authentication" });
  const root = host.attachShadow({ mode: "open" });
  adoptCss(root, authenticationDialogCss);
  const complete = createNode(
    "button",
    { type: "button", class: "Button Button--primary" },
    "Complete authentication",
  );
  const fail = createNode("button", { type: "button", class: "Button" }, "Fail authentication");
  const dialog = createNode(
    "dialog",
    { "aria-labelledby": "title", "aria-describedby": "text" },
    createNode("p", { class: "Mark" }, "Sandbox"),
    createNode("h2", { id: "title" }, "3-D Secure"),
    createNode("p", { id: "text", class: "Text" }, describe(intent)),
    createNode("div", { class: "Actions" }, complete, fail),
  );
  root.append(dialog);
  document.body.append(host);

  return new Promise((resolve) => {
    function close(outcome: "succeed" | "fail"): void {
      dialog.close();
      host.remove();
      if (focusedBefore instanceof HTMLElement) focusedBefore.focus();
      resolve(outcome);
    }
    complete.addEventListener("click", () => close("succeed"));
    fail.addEventListener("click", () => close("fail"));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close("fail");
    });
    dialog.showModal();
    complete.focus();
  });
}

function describe(intent: ApiObject): string {
  const amount = describeAmount(intent);
  const what = amount ? `this payment of ${amount}` : "saving this card";
  return `Here your customer's bank would ask them to confirm ${what}. Choose how it ends.`;
}

function describeAmount({ amount, currency }: ApiObject): string | undefined {
  if (typeof amount !== "number" || typeof currency !== "string") return undefined;
  const format = new Intl.NumberFormat(navigator.language, { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
