import { createCustomer, updateCustomer } from "../../customers/customer.js";
import { addTaxId, type NewTaxId } from "../../customers/give-tax-id.js";
import { taxIdsOf } from "../../customers/tax-id.js";
import { bankDebitMethod } from "../../methods/bank-debit.js";
import { behaviourOf } from "../../methods/card-memory.js";
import {
  attachPaymentMethod,
  createPaymentMethod,
  resolvePaymentMethod,
} from "../../methods/payment-method.js";
import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { CheckoutSession, Customer, PaymentMethod } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { HiddenCheckout } from "../terms/checkout-order.js";
import type { CheckoutPayer } from "./checkout-payer.js";

/** One session on its page, and everything that paying it touches. */
export type Desk = { world: World; ctx: Context; session: CheckoutSession; hidden: HiddenCheckout };

/** The card or account that was typed or chosen, if any. */
export const methodOf = ({ world, ctx, hidden }: Desk, payer: CheckoutPayer): PaymentMethod | undefined => {
  if (payer.makeMethod) return payer.makeMethod(world, ctx);
  if (payer.paymentMethodId !== undefined) return resolvePaymentMethod(world, ctx, payer.paymentMethodId);
  const details = {
    email: payer.email ?? null,
    name: payer.name ?? null,
    phone: payer.phone ?? null,
    ...(hidden.progress.address ? { address: hidden.progress.address } : {}),
  };
  if (payer.account) return bankDebitMethod(world, ctx, payer.account, details);
  return payer.card
    ? createPaymentMethod(world, ctx, { card: payer.card, billing_details: details })
    : undefined;
};

/** What the page may write on a customer that the app brought along. */
const updateKnown = ({ world, ctx, session, hidden }: Desk, known: Customer): void => {
  const { progress, order } = hidden;
  const update = order.customer_update;
  // Where Stripe sells itself, it needs the place for the tax of renewals, and takes no `customer_update` for it.
  const writes = update?.address === "auto" || order.managed_payments?.enabled === true;
  const address = writes && progress.address;
  const shipping = update?.shipping === "auto" && session.collected_information?.shipping_details;
  const name = progress.businessName ?? progress.individualName ?? progress.name;
  const fields = {
    ...(known.email === null && progress.email !== null ? { email: progress.email } : {}),
    ...(address ? { address } : {}),
    ...(shipping ? { shipping } : {}),
    ...(update?.name === "auto" && name !== null ? { name } : {}),
    ...(session.phone_number_collection?.enabled && progress.phone !== null ? { phone: progress.phone } : {}),
  };
  if (Object.keys(fields).length > 0) updateCustomer(world, ctx, known.id, fields);
};

/** The tax ids that were typed become the customer's, once. */
const giveTaxIds = ({ world, ctx, hidden }: Desk, customer: string): void => {
  for (const { type, value } of hidden.progress.taxIds) {
    const has = [...taxIdsOf(world, customer)].some((row) => row.type === type && row.value === value);
    const owner = { type: "customer" as const, customer, customer_account: null };
    if (!has) addTaxId(world, ctx, owner, { type: type as NewTaxId["type"], value });
  }
};

/** The session's customer; a new one is made from what was typed, except for a guest's single payment. */
export const identify = (
  desk: Desk,
  payer: CheckoutPayer,
  method: PaymentMethod | undefined,
): string | null => {
  const { world, ctx, session, hidden } = desk;
  const { progress, order } = hidden;
  const billing = method?.billing_details;
  progress.email = payer.email ?? session.customer_email ?? billing?.email ?? progress.email;
  progress.name = payer.name ?? billing?.name ?? progress.name;
  progress.address ??= billing?.address?.country ? billing.address : null;
  const known = find(world.customers, progress.customer);
  if (known) {
    updateKnown(desk, known);
    giveTaxIds(desk, known.id);
    return known.id;
  }
  const bills = order.invoice_creation?.enabled === true;
  const saves = bills || order.payment_intent_data?.setup_future_usage !== undefined || payer.saves === true;
  if (session.customer_creation === "if_required" && !saves) return null;
  const shipping = session.collected_information?.shipping_details;
  const customer = createCustomer(world, ctx, {
    email: progress.email,
    name: progress.businessName ?? progress.individualName ?? progress.name,
    ...(progress.phone === null ? {} : { phone: progress.phone }),
    ...(progress.address ? { address: progress.address } : {}),
    ...(shipping ? { shipping } : {}),
  });
  progress.customer = customer.id;
  giveTaxIds(desk, customer.id);
  return customer.id;
};

/** Keeps the card with the customer, unless its issuer refuses even that. */
export const keep = ({ world, ctx, hidden }: Desk, method: PaymentMethod, customer: string | null): void => {
  const { onSetup } = behaviourOf(world, method.id);
  if (customer === null || (onSetup !== "ok" && onSetup !== "requires_action")) return;
  const redisplay = hidden.order.payment_method_data?.allow_redisplay;
  if (redisplay && method.customer === null) method.allow_redisplay = redisplay;
  attachPaymentMethod(world, ctx, method, customer);
};
