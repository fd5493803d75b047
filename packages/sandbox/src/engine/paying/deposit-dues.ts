import type { Due } from "../world/due.js";
import { find } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { PaymentIntent, SetupIntent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { failWaiting } from "./authenticate-intent.js";

/** https://docs.stripe.com/error-codes#payment-method-microdeposit-failed */
const undelivered = {
  ...invalidRequest(
    "Microdeposits were failed to be deposited into the customer's bank account. Please check the account, " +
      "institution and transit numbers as well as the currency type.",
    "payment_method_microdeposit_failed",
  ).body,
};

/** On the day that small deposits are due, it turns out that a bank did not take them. */
export const depositDues = (world: World, intent: PaymentIntent | SetupIntent): Due[] => {
  const method = find(world.paymentMethods, intent.payment_method as string | null);
  const deposits = intent.next_action?.verify_with_microdeposits;
  if (!method || !deposits || !find(world.hidden.debitAccounts, method.id)?.noDeposits) return [];
  return [
    {
      id: `${intent.id}/deposits`,
      at: deposits.arrival_date,
      turn: "collect",
      run: (changing, ctx) => failWaiting(changing, ctx, intent, method, undelivered),
    },
  ];
};
