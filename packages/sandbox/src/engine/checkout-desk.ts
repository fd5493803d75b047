import { setQuantity } from "./checkout-line.js";
import type { Context } from "./context.js";
import { createCustomer, updateCustomer } from "./customer.js";
import { find, need } from "./find.js";
import { attachPaymentMethod, behaviourOf, type CardInput, createPaymentMethod } from "./payment-method.js";
import { invalidRequest } from "./stripe-error.js";
import type { CheckoutSession, PaymentMethod } from "./wire.js";
import type { CheckoutIntent, World } from "./world.js";

export type CheckoutPayer = {
  card?: CardInput;
  paymentMethodId?: string;
  email?: string;
  name?: string;
  quantity?: number;
};

/** One session on its page, and everything that paying it touches. */
export type Desk = { world: World; ctx: Context; session: CheckoutSession; hidden: CheckoutIntent };

const started = ({ progress }: CheckoutIntent): boolean =>
  progress.subscription !== null || progress.paymentIntent !== null || progress.setupIntent !== null;

/** The page's quantity counts until the first attempt has made something of it. */
export const applyQuantity = ({ world, session, hidden }: Desk, quantity: number | undefined): void => {
  const line = hidden.lineItems.find((item) => item.adjustable_quantity !== null);
  const limits = line?.adjustable_quantity;
  if (quantity === undefined || !line || !limits || started(hidden)) return;
  if (
    !Number.isInteger(quantity) ||
    quantity < Math.max(1, limits.minimum ?? 1) ||
    quantity > (limits.maximum ?? 99)
  )
    throw invalidRequest("This quantity is out of range.", "parameter_invalid_integer", "quantity");
  const wasFree = session.amount_total === 0;
  setQuantity(world, line, quantity);
  if (wasFree) return;
  session.amount_total = hidden.lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  session.amount_subtotal = session.amount_total;
};

/** The card that was typed or chosen, if any. */
export const methodOf = ({ world, ctx }: Desk, payer: CheckoutPayer): PaymentMethod | undefined => {
  if (payer.paymentMethodId !== undefined)
    return need(world.paymentMethods, "PaymentMethod", payer.paymentMethodId, "payment_method");
  if (!payer.card) return undefined;
  const details = { email: payer.email ?? null, name: payer.name ?? null };
  return createPaymentMethod(world, ctx, { card: payer.card, billing_details: details });
};

/** The session's customer; a new one is made from what was typed, except for a guest's single payment. */
export const identify = ({ world, ctx, session, hidden }: Desk, payer: CheckoutPayer): string | null => {
  const { progress } = hidden;
  const email = payer.email ?? session.customer_email ?? null;
  progress.email = email;
  progress.name = payer.name ?? null;
  const known = find(world.customers, progress.customer);
  if (known && known.email === null && email !== null) updateCustomer(world, ctx, known.id, { email });
  if (known || (session.customer_creation === "if_required" && hidden.setupFutureUsage === null))
    return progress.customer;
  progress.customer = createCustomer(world, ctx, { email, name: progress.name }).id;
  return progress.customer;
};

/** Keeps the card with the customer, unless its issuer refuses even that. */
export const keep = ({ world, ctx }: Desk, method: PaymentMethod, customer: string | null): void => {
  const { onSetup } = behaviourOf(world, method.id);
  if (customer !== null && (onSetup === "ok" || onSetup === "requires_action"))
    attachPaymentMethod(world, ctx, method, customer);
};
