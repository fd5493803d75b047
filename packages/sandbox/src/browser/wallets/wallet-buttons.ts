import { createNode } from "../dom/create-node.js";
import type { ElementView } from "../element/element-shell.js";
import type { Language } from "../words/words-for.js";
import { decideWallets, type ExpressOptions, type WalletName, wallets } from "./express-options.js";

/** The wallets' buttons, in the order and the look that the page asked for. */
export function createWalletButtons(
  options: ExpressOptions,
  { words }: Language,
  onPress: (name: WalletName) => void,
): ElementView {
  const height = Math.min(55, Math.max(40, options.buttonHeight ?? 44));
  const names = decideWallets(options);
  const buttons = names.map((name) => {
    const theme = options.buttonTheme?.[name] ?? "black";
    const look =
      theme === "black" ? "" : theme === "white" ? " Wallet--white" : " Wallet--white Wallet--outline";
    const button = createNode(
      "button",
      {
        type: "button",
        class: `Wallet${look}`,
        "aria-label": words.wallet.payWith(wallets[name].label),
        "data-mark": words.sandbox,
      },
      wallets[name].label,
    );
    button.style.height = `${height}px`;
    button.addEventListener("click", () => onPress(name));
    return button;
  });
  const node = createNode("div", { class: "Form" });
  const grid = createNode("div", { class: "Wallets", role: "group", "aria-label": words.wallet.buttons });
  const columns = Math.min(options.layout?.maxColumns ?? buttons.length, buttons.length) || 1;
  grid.style.gridTemplateColumns = `repeat(auto-fit, minmax(max(172px, ${Math.floor(96 / columns)}%), 1fr))`;
  grid.append(...buttons);
  if (buttons.length > 0) node.append(grid);
  return { node, focus: () => buttons[0]?.focus(), clear: () => {} };
}
