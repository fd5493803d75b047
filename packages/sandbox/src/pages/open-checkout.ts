import type { CheckoutSession } from "../engine/wire.js";
import type { SandboxRoom } from "../sandbox.js";
import { chooseQuantity, type QuantityChoice } from "./choose-quantity.js";
import { type CheckoutSummary, describeCheckout } from "./describe-checkout.js";
import { merchantName } from "./merchant-name.js";

/** An open session as its page shows it. */
export interface OpenCheckout {
  readonly session: CheckoutSession;
  readonly summary: CheckoutSummary;
  readonly choice: QuantityChoice | undefined;
  readonly merchant: string;
  /** The customer's own address, which can't be changed here. */
  readonly lockedEmail: string | undefined;
}

export function findSession(room: SandboxRoom, id: string): CheckoutSession | undefined {
  return Object.hasOwn(room.world.checkoutSessions, id) ? room.world.checkoutSessions[id] : undefined;
}

/** Nothing, if the session is missing, expired or done. `quantity` is what the customer asked for, if anything. */
export function openCheckout(room: SandboxRoom, id: string, quantity: unknown): OpenCheckout | undefined {
  const found = findSession(room, id);
  const intent = room.world.hidden.checkouts[id];
  if (found?.status !== "open" || !intent) return undefined;
  const order = chooseQuantity(room.world, found, intent, quantity);
  return {
    session: found,
    summary: describeCheckout(order.session, order.intent, Math.floor(room.now().getTime() / 1000)),
    choice: order.choice,
    merchant: merchantName(room.world),
    lockedEmail: findEmail(room, found),
  };
}

function findEmail(room: SandboxRoom, session: CheckoutSession): string | undefined {
  const customer = session.customer ? room.world.customers[session.customer] : undefined;
  return customer?.email ?? session.customer_email ?? undefined;
}
