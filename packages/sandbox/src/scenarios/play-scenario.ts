import { intentOf } from "../engine/invoices/paying/invoice-payment.js";
import { find, need } from "../engine/world/find.js";
import type { StripeEvent } from "../engine/world/wire.js";
import type { World } from "../engine/world/world.js";
import { type Cast, needCustomer, type Outcome, scenarioError } from "./cast.js";
import { makeCustomer } from "./make-subscription.js";
import type { Played, PlayedIds, PlayOptions } from "./played.js";
import { isScenario, type ScenarioName, scenarioNames, scenarios } from "./scenarios.js";
import type { Stage } from "./stage.js";

const needName = (name: string): ScenarioName => {
  if (isScenario(name)) return name;
  throw scenarioError(
    `There is no scenario ${name}: play one of ${scenarioNames.join(", ")}.`,
    "scenario_unknown",
  );
};

const findCustomer = async (stage: Stage, { customer, subscription }: PlayOptions): Promise<string> => {
  if (customer !== undefined) return needCustomer(stage, customer).id;
  if (subscription === undefined) return makeCustomer(stage);
  const row = need(stage.world.subscriptions, "subscription", subscription, "subscription");
  return needCustomer(stage, row.customer as string).id;
};

const idsOf = (world: World, customer: string, outcome: Outcome): PlayedIds => {
  const invoice = find(world.invoices, outcome.invoice);
  const intent = find(world.paymentIntents, outcome.paymentIntent) ?? (invoice && intentOf(world, invoice));
  const subscription = find(world.subscriptions, outcome.subscription);
  return {
    customer,
    subscription: subscription?.id ?? null,
    invoice: invoice?.id ?? null,
    paymentIntent: intent?.id ?? null,
    charge: outcome.charge ?? (intent?.latest_charge as string | undefined) ?? null,
    refund: outcome.refund ?? null,
    dispute: outcome.dispute ?? null,
    paymentMethod: outcome.paymentMethod ?? null,
    price: subscription?.items.data[0]?.price.id ?? null,
  };
};

/** What is sold to many customers names none of them. */
const shared = /^(price|product|plan|coupon)\./;

/** The events that are about a customer: that name it, or something of its. */
const eventsOf = (events: readonly StripeEvent[], ids: PlayedIds): StripeEvent[] => {
  const { price: _price, ...own } = ids;
  const known = new Set(Object.values(own).filter((id) => id !== null));
  return events.filter(({ type, data: { object } }) => {
    if (shared.test(type)) return false;
    const text = JSON.stringify(object);
    const about = [...known].some((id) => text.includes(`"${id}"`));
    if (about && typeof object.id === "string") known.add(object.id);
    return about;
  });
};

/**
 * Plays a scenario.
 *
 * @throws StripeError for a name, a customer or a subscription that is unknown or does not fit, with what to do.
 */
export const playScenario = async <Name extends ScenarioName>(
  stage: Stage,
  name: Name,
  options: PlayOptions,
): Promise<Played<Name>> => {
  const scenario = scenarios[needName(name)];
  const steps: string[] = [];
  const customer = await findCustomer(stage, options);
  const cast: Cast = { stage, customer, options, tell: (step) => steps.push(step) };
  const outcome = await scenario.play(cast);
  const { world } = stage;
  const ids = idsOf(world, customer, outcome);
  return {
    scenario: name,
    ...ids,
    status: find(world.subscriptions, ids.subscription)?.status ?? null,
    now: new Date(stage.now(customer) * 1000),
    steps,
    events: structuredClone(eventsOf(stage.told(), ids)),
  };
};
