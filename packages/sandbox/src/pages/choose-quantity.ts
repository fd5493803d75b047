import { setQuantity } from "../engine/checkout-line.js";
import type { CheckoutSession } from "../engine/wire.js";
import type { CheckoutIntent, World } from "../engine/world.js";

/** How many the customer may take, and takes now. */
export interface QuantityChoice {
  readonly quantity: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface Order {
  readonly session: CheckoutSession;
  readonly intent: CheckoutIntent;
  /** Absent when the app fixed the quantity. */
  readonly choice: QuantityChoice | undefined;
}

/** The order as it would be with the asked quantity; what is stored stays as it is until the customer pays. */
export function chooseQuantity(
  world: World,
  session: CheckoutSession,
  intent: CheckoutIntent,
  asked: unknown,
): Order {
  const index = intent.lineItems.findIndex((line) => line.adjustable_quantity?.enabled);
  const line = structuredClone(intent.lineItems[index]);
  // The first attempt to pay settles the quantity.
  const { subscription, paymentIntent, setupIntent } = intent.progress;
  if (!line || subscription || paymentIntent || setupIntent) return { session, intent, choice: undefined };
  const minimum = Math.max(1, line.adjustable_quantity?.minimum ?? 1);
  const maximum = line.adjustable_quantity?.maximum ?? 99;
  const wanted = typeof asked === "string" && /^\d{1,6}$/.test(asked) ? Number(asked) : (line.quantity ?? 1);
  const quantity = Math.min(Math.max(wanted, minimum), maximum);
  setQuantity(world, line, quantity);
  const lineItems = intent.lineItems.with(index, line);
  // A trial's order stays free whatever its size.
  const total = session.amount_total === 0 ? 0 : lineItems.reduce((sum, each) => sum + each.amount_total, 0);
  return {
    session: { ...session, amount_total: total },
    intent: { ...intent, lineItems },
    choice: { quantity, minimum, maximum },
  };
}
