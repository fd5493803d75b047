import {
  createElementShell,
  type ElementShell,
  type ElementView,
  type StripeElement,
} from "../element/element-shell.js";
import type { Params } from "../element/method-panel.js";
import type { Appearance } from "../look/appearance.js";
import type { Language } from "../words/words-for.js";
import {
  describeWallets,
  type ExpressOptions,
  type SheetOptions,
  type WalletName,
  wallets,
} from "./express-options.js";
import { createWalletButtons } from "./wallet-buttons.js";
import { describeApproval, toWalletPayment, type WalletPayment } from "./wallet-payment.js";
import { openWalletSheet, type SheetChange, type WalletSheet } from "./wallet-sheet.js";

/** Stripe's `StripeExpressCheckoutElement`. */
export interface ExpressElement extends StripeElement {
  update(options: ExpressOptions): ExpressElement;
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
      // Until the wallet's owner agrees, a page learns only roughly where to deliver.
      onAddress: ({ name: who, address: { city, state, postal_code, country } }) =>
        ask<SheetChange>(shell, "shippingaddresschange", {
          name: who,
          address: { city, state, postal_code, country },
        }),
      onRate: (shippingRate) => ask<SheetChange>(shell, "shippingratechange", { shippingRate }),
      onApprove: (approval) => {
        payment = toWalletPayment(approval, asked, (error) => {
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
    createView: () => createWalletButtons(options, setup.language(), (name) => void press(name)),
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

/**
 * Tells the page, and waits until it resolves or rejects; without a listener the wallet continues at once.
 */
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
