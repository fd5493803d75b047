import { adjustCheckout, type CheckoutChange } from "../../engine/checkout/opening/adjust-checkout.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import type { Messages } from "../messages/en.js";
import type { Refusal } from "../payer/payer-part.js";
import type { OpenCheckout } from "./open-checkout.js";

const codeProblems: Readonly<Record<string, keyof Messages["order"]>> = {
  coupon_expired: "codeExpired",
  promotion_code_minimum_amount_not_met: "codeMinimum",
  promotion_code_customer_not_first_time: "codeFirstTime",
};

/** Applies what the order's small forms say: a quantity, a code, a way of shipping. Returns what is wrong. */
export function changeOrder(room: SandboxRoom, checkout: OpenCheckout, form: FormData): Refusal | undefined {
  const changes = readChanges(form);
  try {
    room.mutate((world, ctx) => adjustCheckout(world, ctx, checkout.session.id, changes));
    return undefined;
  } catch (error) {
    if (error instanceof StripeError) return refuse(checkout, changes, error);
    throw error;
  }
}

function readChanges(form: FormData): CheckoutChange {
  const changes: CheckoutChange = {};
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    const line = /^quantity\.(\w+)$/.exec(name)?.[1];
    if (line)
      changes.quantities = { ...changes.quantities, [line]: /^\d{1,6}$/.test(value) ? Number(value) : -1 };
    if (name === "code") changes.promotionCode = value;
    if (name === "shipping_rate") changes.shippingRate = value;
  }
  return changes;
}

function refuse(
  { summary, language }: OpenCheckout,
  changes: CheckoutChange,
  { body }: StripeError,
): Refusal {
  const { order } = language.text;
  if (changes.promotionCode !== undefined) {
    const sentence = order[codeProblems[body.code ?? ""] ?? "badCode"];
    const code = typeof sentence === "string" ? sentence : order.badCode;
    return { values: { code: changes.promotionCode }, errors: { code }, failure: undefined };
  }
  const choice = summary.lines.find((line) => changes.quantities?.[line.id] !== undefined)?.choice;
  if (!choice) return { values: {}, errors: {}, failure: body.message };
  const quantity = order.badQuantity(String(choice.minimum), String(choice.maximum));
  return { values: {}, errors: { quantity }, failure: undefined };
}
