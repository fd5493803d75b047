import type { Params } from "../element/method-panel.js";
import type { SheetOptions, ShippingRate } from "./express-options.js";
import { type WalletAddress, walletAddresses, walletEmail, walletPhone } from "./wallet-people.js";
import type { WalletApproval } from "./wallet-sheet.js";

/** What the owner of a wallet agreed to, as a confirmation sends it. */
export interface WalletPayment {
  readonly data: Params;
  readonly shipping: Params | undefined;
  readonly email: string | undefined;
  readonly shippingRate: string | undefined;
  /** To be called when the payment ended, with what went wrong if something did. */
  finish(error?: { readonly message: string }): void;
}

function ownerOf(approval: WalletApproval): WalletAddress | undefined {
  return approval.shipping ?? walletAddresses(undefined)[0];
}

/** What the `confirm` event carries: only what the page asked for. */
export function describeApproval(approval: WalletApproval, asked: SheetOptions): Params {
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

/** What a confirmation will send; `finish` ends the sheet. */
export function toWalletPayment(
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
