import type { Context } from "../world/context.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { behaviourOf } from "./card-memory.js";
import { updatePaymentMethod } from "./update-payment-method.js";

const needCard = (world: World, id: string): PaymentMethod => {
  const method = need(world.paymentMethods, "PaymentMethod", id);
  if (!method.card) throw invalidRequest("This payment method is not a card.");
  return method;
};

/** Makes a customer's card expire last month, by the customer's clock; its next charge fails as expired. */
export const expireCard = (world: World, given: Context, id: string): PaymentMethod => {
  const { customer } = needCard(world, id);
  const { now } = atCustomer(world, given, customer as string | null);
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const card = { exp_month: last.getUTCMonth() + 1, exp_year: last.getUTCFullYear() };
  return updatePaymentMethod(world, given, id, { card });
};

/** Whether a card asks its holder for proof before the next charge. */
export const asksForProof = (world: World, id: string): boolean =>
  behaviourOf(world, id).onCharge === "requires_action";

/** Makes a card ask its holder for 3-D Secure until that has succeeded once. */
export const askForProof = (world: World, id: string): void => {
  needCard(world, id);
  world.hidden.cards[id] = { ...behaviourOf(world, id), onCharge: "requires_action", remembers: true };
};
