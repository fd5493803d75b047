import { intentOf } from "../engine/invoices/paying/invoice-payment.js";
import type { Invoice, PaymentIntent, Subscription } from "../engine/world/wire.js";
import { type Cast, type Outcome, payWith, unfit } from "./cast.js";
import { castSubscription } from "./cast-subscription.js";
import { failureOf, needCost, renew, renews, retry } from "./renew.js";

/** Stripe's cards that are saved and then do this at every charge. https://docs.stripe.com/testing */
const cards = {
  fails: { token: "pm_card_chargeCustomerFail", does: "declines" },
  asks: { token: "pm_card_authenticationRequired", does: "wants 3-D Secure" },
} as const;

type Failed = { subscription: Subscription; invoice: Invoice; paymentMethod: string };

/** A renewal whose card refuses, or wants its holder. */
const renewWith = async (cast: Cast, card: (typeof cards)[keyof typeof cards]): Promise<Failed> => {
  const subscription = await castSubscription(cast, renews);
  await needCost(cast, subscription);
  const paymentMethod = await payWith(cast, subscription, card.token);
  cast.tell(`A card that ${card.does} at every payment was saved (${card.token}), and pays from now on.`);
  const invoice = renew(cast, subscription);
  cast.tell(`The payment did not succeed: ${failureOf(cast, invoice)}`);
  return { subscription, invoice, paymentMethod };
};

const outcomeOf = ({ subscription, invoice, paymentMethod }: Failed): Outcome => ({
  subscription: subscription.id,
  invoice: invoice.id,
  paymentMethod,
});

const checkRecovered = (cast: Cast, { subscription, invoice }: Failed): void => {
  if (invoice.status !== "paid")
    throw unfit(`The renewal of ${subscription.id} was not paid in the end: ${failureOf(cast, invoice)}`);
};

/** A renewal is declined, the customer saves another card, and the next retry is paid. */
export const failsThenRecovers = async (cast: Cast): Promise<Outcome> => {
  const failed = await renewWith(cast, cards.fails);
  const { invoice, subscription } = failed;
  if (invoice.status !== "open" || invoice.next_payment_attempt === null)
    throw unfit(
      `The settings plan no retry after the failed payment, so that ${subscription.id} is ${subscription.status} ` +
        "already: give `settings.dunning.retryAfterDays` a day.",
    );
  await payWith(cast, subscription, "pm_card_visa");
  cast.tell("The customer saved a card that pays.");
  retry(cast, invoice);
  checkRecovered(cast, failed);
  return outcomeOf(failed);
};

/** A renewal is declined at every retry, until the settings say what becomes of the subscription. */
export const dunningToTheEnd = async (cast: Cast): Promise<Outcome> => {
  const failed = await renewWith(cast, cards.fails);
  while (retry(cast, failed.invoice));
  const { status } = failed.subscription;
  cast.tell(`No retry was left: the subscription is ${status.replaceAll("_", " ")} now.`);
  return outcomeOf(failed);
};

/** A renewal wants 3-D Secure; the customer comes back, proves to be who they are, and it is paid. */
export const needsAuthentication = async (cast: Cast): Promise<Outcome> => {
  const failed = await renewWith(cast, cards.asks);
  const { ask, world } = cast.stage;
  const intent = intentOf(world, failed.invoice);
  if (!intent) throw unfit(`The renewal's invoice ${failed.invoice.id} has no payment to authenticate.`);
  if (intent.status !== "requires_action")
    await ask<PaymentIntent>("POST", `/v1/payment_intents/${intent.id}/confirm`, {
      payment_method: failed.paymentMethod,
    });
  await ask("POST", `/v1/sandbox/intents/${intent.id}/authenticate`, { outcome: "succeed" });
  cast.tell("The customer came back and completed 3-D Secure.");
  checkRecovered(cast, failed);
  return outcomeOf(failed);
};
