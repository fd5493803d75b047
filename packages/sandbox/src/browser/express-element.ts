import type { Appearance } from "./appearance.js";
import { createNode } from "./create-node.js";
import {
  createElementShell,
  type ElementShell,
  type ElementView,
  type StripeElement,
} from "./element-shell.js";
import {
  decideWallets,
  describeWallets,
  type ExpressOptions,
  type SheetOptions,
  type ShippingRate,
  type WalletName,
  wallets,
} from "./express-options.js";
import type { Params } from "./method-panel.js";
import { type WalletAddress, walletAddresses, walletEmail, walletPhone } from "./wallet-people.js";
import { openWalletSheet, type SheetChange, type WalletApproval, type WalletSheet } from "./wallet-sheet.js";
import type { Language } from "./words-for.js";

/** Stripe's `StripeExpressCheckoutElement`. */
export interface ExpressElement extends StripeElement {
  update(options: ExpressOptions): ExpressElement;
}

/** What the owner of a wallet agreed to, as a confirmation sends it. */
interface WalletPayment {
  readonly data: Params;
  readonly shipping: Params | undefined;
  readonly email: string | undefined;
  readonly shippingRate: string | undefined;
  /** To be called when the payment ended, with what went wrong if something did. */
  finish(error?: { readonly message: string }): void;
}

export interface ExpressElementController {
  readonly element: ExpressElement;
  setAppearance(appearance: Appearance | undefined): void;
  redraw(): void;
  /** What was agreed to in an open sheet. */
  payment(): WalletPayment | undefined;
}

interface ExpressElementSetup {
  readonly options: ExpressOptions;
  readonly appearance: Appearance | undefined;
  readonly language: () => Language;
  /** What will be paid now, in the currency's minor unit. */
  readonly amount: () => { readonly amount: number; readonly currency: string };
  readonly onDestroy: () => void;
}

/** Buttons that open a wallet's sheet. */
export function createExpressElement(setup: ExpressElementSetup): ExpressElementController {
  let { options } = setup;
  let payment: WalletPayment | undefined;

  async function press(name: WalletName): Promise<void> {
    const answer = await ask<SheetOptions>(shell, "click", { expressPaymentType: wallets[name].type });
    if (answer !== "rejected") open(name, { ...options, ...answer });
  }

  function open(name: WalletName, asked: SheetOptions): void {
    const { type, label } = wallets[name];
    const { currency } = setup.amount();
    const sheet: WalletSheet = openWalletSheet({
      wallet: label,
      options: asked,
      language: setup.language(),
      currency,
      amount: () => setup.amount().amount,
      // A page learns where to deliver only roughly before the wallet's owner agrees.
      onAddress: ({ name: who, address: { city, state, postal_code, country } }) =>
        ask<SheetChange>(shell, "shippingaddresschange", {
          name: who,
          address: { city, state, postal_code, country },
        }),
      onRate: (shippingRate) => ask<SheetChange>(shell, "shippingratechange", { shippingRate }),
      onApprove: (approval) => {
        payment = toPayment(approval, asked, (error) => {
          payment = undefined;
          if (error) sheet.fail(error.message);
          else sheet.close();
        });
        shell.events.emit("confirm", {
          ...describeApproval(approval, asked),
          expressPaymentType: type,
          paymentFailed: (failure?: { message?: string }) => {
            payment = undefined;
            sheet.fail(failure?.message);
          },
        });
      },
      onCancel: () => {
        payment = undefined;
        shell.events.emit("cancel", { elementType: "expressCheckout" });
      },
    });
  }

  const shell: ElementShell<ElementView> = createElementShell<ElementView>({
    type: "expressCheckout",
    appearance: setup.appearance,
    createView: () => createButtons(options, setup.language(), (name) => void press(name)),
    load: async () => ({ availablePaymentMethods: describeWallets(options) }),
    onDestroy: setup.onDestroy,
  });

  const element: ExpressElement = Object.assign(shell.element, {
    update(next: ExpressOptions) {
      options = { ...options, ...next };
      shell.redraw();
      return element;
    },
  });
  return {
    element,
    setAppearance: shell.setAppearance,
    redraw: shell.redraw,
    payment: () => payment,
  };
}

/** Tells the page, and waits until it resolves or rejects; without a listener the wallet goes on at once. */
function ask<Answer extends object>(
  shell: ElementShell<ElementView>,
  name: string,
  event: Params,
): Promise<Answer | "rejected"> {
  if (!shell.events.has(name)) return Promise.resolve({} as Answer);
  return new Promise((resolve) =>
    shell.events.emit(name, {
      elementType: "expressCheckout",
      ...event,
      resolve: (answer: Answer | undefined) => resolve(answer ?? ({} as Answer)),
      reject: () => resolve("rejected"),
    }),
  );
}

function createButtons(
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

function ownerOf(approval: WalletApproval): WalletAddress | undefined {
  return approval.shipping ?? walletAddresses(undefined)[0];
}

/** What the `confirm` event tells: only what the page asked for. */
function describeApproval(approval: WalletApproval, asked: SheetOptions): Params {
  const owner = ownerOf(approval);
  const rate: ShippingRate | undefined = asked.shippingAddressRequired ? approval.rate : undefined;
  return {
    billingDetails: {
      name: owner?.name,
      ...(asked.emailRequired ? { email: walletEmail } : {}),
      ...(asked.phoneNumberRequired ? { phone: walletPhone } : {}),
      ...(asked.billingAddressRequired ? { address: owner?.address } : {}),
    },
    ...(approval.shipping ? { shippingAddress: approval.shipping } : {}),
    ...(rate ? { shippingRate: rate } : {}),
  };
}

function toPayment(
  approval: WalletApproval,
  asked: SheetOptions,
  finish: WalletPayment["finish"],
): WalletPayment {
  const owner = ownerOf(approval);
  return {
    data: {
      type: "card",
      card: {
        number: approval.cardNumber,
        exp_month: 12,
        exp_year: new Date().getFullYear() + 4,
        cvc: "123",
      },
      billing_details: {
        name: owner?.name,
        email: asked.emailRequired ? walletEmail : undefined,
        phone: asked.phoneNumberRequired ? walletPhone : undefined,
        address: owner?.address,
      },
    },
    shipping: approval.shipping && { ...approval.shipping },
    email: asked.emailRequired ? walletEmail : undefined,
    shippingRate: approval.rate?.id,
    finish,
  };
}
