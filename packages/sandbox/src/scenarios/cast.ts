import { find, need } from "../engine/world/find.js";
import { StripeError } from "../engine/world/stripe-error.js";
import type { Customer, PaymentMethod, Subscription } from "../engine/world/wire.js";
import type { PlayedIds, PlayOptions } from "./played.js";
import type { Stage } from "./stage.js";

/** What a scenario plays with. */
export type Cast = {
  stage: Stage;
  customer: string;
  options: PlayOptions;
  /** Notes what was done, in words. */
  tell(step: string): void;
};

/** Of what happened, what only the scenario knows. */
export type Outcome = Partial<Omit<PlayedIds, "customer" | "price">>;

/** A refusal of the sandbox's own, which has no page in Stripe's documentation. */
export const scenarioError = (message: string, code: string): StripeError =>
  new StripeError(400, { type: "invalid_request_error", code, message });

/** A scenario that these can't play, and what to do about it. */
export const unfit = (message: string): StripeError => scenarioError(message, "scenario_does_not_fit");

/** The customer by its id; throws what to do for one that is unknown or deleted. */
export const needCustomer = ({ world }: Stage, id: string): Customer => {
  const customer = need(world.customers, "customer", id, "customer");
  if (find(world.deletedCustomers, id))
    throw unfit(`Customer ${id} was deleted: give another one, or none to have one made.`);
  return customer;
};

/** Whether a subscription has a payer of its own, which comes before its customer's. */
const paysItself = ({ default_payment_method, default_source }: Subscription): boolean =>
  default_payment_method !== null || default_source !== null;

/** Saves a test card and makes it the one that pays the subscription. */
export const payWith = async (
  { stage, customer }: Cast,
  subscription: Subscription | null,
  token: string,
): Promise<string> => {
  const { id } = await stage.ask<PaymentMethod>("POST", `/v1/payment_methods/${token}/attach`, { customer });
  if (subscription && paysItself(subscription))
    await stage.ask("POST", `/v1/subscriptions/${subscription.id}`, { default_payment_method: id });
  else
    await stage.ask("POST", `/v1/customers/${customer}`, {
      invoice_settings: { default_payment_method: id },
    });
  return id;
};

/** What pays a subscription, or would pay a new one; a card that pays is saved if there is nothing. */
export const payerOf = async (cast: Cast, subscription: Subscription | null): Promise<string> => {
  const customer = needCustomer(cast.stage, cast.customer);
  const sources = [
    subscription?.default_payment_method,
    subscription?.default_source,
    customer.invoice_settings.default_payment_method,
    customer.default_source,
  ];
  const known = sources.find((id) => typeof id === "string");
  if (typeof known === "string") return known;
  cast.tell("A card that pays was saved, as the customer had nothing to pay with.");
  return payWith(cast, subscription, "pm_card_visa");
};
