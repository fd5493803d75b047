import { ended } from "../engine/subscriptions/changing/cancel-subscription.js";
import { need } from "../engine/world/find.js";
import type { Subscription } from "../engine/world/wire.js";
import { type Cast, unfit } from "./cast.js";
import { openSubscription } from "./make-subscription.js";

/** Why a subscription can't play what is wanted, with what to do; undefined: it can. */
export type Judge = (subscription: Subscription) => string | undefined;

const ownedBy = ({ stage, customer }: Cast): Subscription[] =>
  Object.values(stage.world.subscriptions).filter((row) => row.customer === customer && !ended(row));

const chosen = ({ stage, customer }: Cast, id: string, judge: Judge): Subscription => {
  const subscription = need(stage.world.subscriptions, "subscription", id, "subscription");
  if (subscription.customer !== customer)
    throw unfit(
      `Subscription ${id} belongs to ${subscription.customer}, not to ${customer}: leave out the customer.`,
    );
  const why = judge(subscription);
  if (why) throw unfit(`Subscription ${id} ${why}`);
  return subscription;
};

/**
 * The subscription that plays: the one that was named, the customer's only one that fits, or one that is made for a
 * customer who has none.
 */
export const castSubscription = async (
  cast: Cast,
  judge: Judge,
  make: { trialDays?: number } = {},
): Promise<Subscription> => {
  const { subscription: named } = cast.options;
  if (named !== undefined) return chosen(cast, named, judge);
  const own = ownedBy(cast);
  const fitting = own.filter((subscription) => judge(subscription) === undefined);
  const [only, another] = fitting;
  if (only && !another) return only;
  if (another)
    throw unfit(
      `Customer ${cast.customer} has several subscriptions that this could be about: name one with ` +
        `\`subscription\` (${fitting.map(({ id }) => id).join(", ")}).`,
    );
  const stranger = own.at(-1);
  if (stranger) throw unfit(`Subscription ${stranger.id} of ${cast.customer} ${judge(stranger)}`);
  return openSubscription(cast, make);
};
