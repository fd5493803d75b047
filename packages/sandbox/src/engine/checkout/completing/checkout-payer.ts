import type { BankAccount } from "../../methods/bank-debit.js";
import type { CardInput } from "../../methods/payment-method.js";
import type { Context } from "../../world/context.js";
import type { PaymentMethod } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { ShippingDetails } from "../terms/checkout-order.js";

/** An address as typed. */
export type TypedAddress = Partial<ShippingDetails["address"]>;

/** Everything that a customer may type or choose on a checkout page. */
export type CheckoutPayer = {
  card?: CardInput;
  /** A bank account to debit instead of a card. */
  account?: BankAccount;
  paymentMethodId?: string;
  /** Makes a payment method from what an app's own page was given. */
  makeMethod?: (world: World, ctx: Context) => PaymentMethod;
  email?: string;
  name?: string;
  phone?: string;
  billingAddress?: TypedAddress;
  shipping?: { name: string; address: TypedAddress };
  shippingRate?: string;
  businessName?: string;
  individualName?: string;
  taxId?: { type: string; value: string };
  /** Answers by the keys of the custom fields. */
  answers?: Record<string, string>;
  acceptsTerms?: boolean;
  wantsPromotions?: boolean;
  /** Whether the payer wants the card to be offered again. */
  saves?: boolean;
  quantity?: number;
  /** What the payer saw, in minor units; another amount is refused. */
  expectedAmount?: number;
  /** Where a browser goes after 3-D Secure, if the page is not ours. */
  returnUrl?: string;
};
