import { expireCard } from "../engine/methods/expire-card.js";
import { find } from "../engine/world/find.js";
import type { Subscription } from "../engine/world/wire.js";
import { type Cast, type Outcome, payerOf, unfit } from "./cast.js";
import { castSubscription, type Judge } from "./cast-subscription.js";
import { failureOf, needCost, periodEnd, renew, renews } from "./renew.js";

/** The next period begins and is paid. */
export const renewal = async (cast: Cast): Promise<Outcome> => {
  const subscription = await castSubscription(cast, renews);
  await payerOf(cast, subscription);
  const invoice = renew(cast, subscription);
  if (invoice.status !== "paid")
    throw unfit(
      `The renewal of ${subscription.id} was not paid: ${failureOf(cast, invoice)} Give its customer a card that ` +
        "pays, or play `renewal_fails_then_recovers`.",
    );
  cast.tell(`Its invoice ${invoice.number ?? invoice.id} was paid.`);
  return { subscription: subscription.id, invoice: invoice.id };
};

/** As many renewals as one month can have before a card that has expired is asked. */
const mostRenewals = 3;

/** The card that pays expires, and the next renewal fails for it, unless the issuer has sent new dates. */
export const cardExpires = async (cast: Cast): Promise<Outcome> => {
  const subscription = await castSubscription(cast, renews);
  await needCost(cast, subscription);
  const payer = await payerOf(cast, subscription);
  if (!find(cast.stage.world.paymentMethods, payer)?.card)
    throw unfit(`${payer} pays ${subscription.id} and is no card: give its customer a card first.`);
  const { card } = cast.stage.act((world, ctx) => expireCard(world, ctx, payer));
  cast.tell(`The card ${payer} expired at the end of ${card?.exp_month}/${card?.exp_year}.`);
  for (let renewals = 1; ; renewals++) {
    const invoice = renew(cast, subscription);
    cast.tell(
      invoice.status === "paid"
        ? "The issuer let it pass."
        : `The renewal failed: ${failureOf(cast, invoice)}`,
    );
    if (invoice.status !== "paid" || renewals === mostRenewals)
      return { subscription: subscription.id, invoice: invoice.id, paymentMethod: payer };
  }
};

/** How long a trial is that is made, in days: long enough for its end to be announced three days before. */
const trialDays = 7;

const inTrial: Judge = ({ status, trial_end: end }) =>
  status === "trialing" && end !== null
    ? undefined
    : `is ${status.replaceAll("_", " ")} and not in a trial: give a customer without a subscription, or none.`;

/** The trial's end is announced three days before, then the trial ends and the first period is charged. */
export const trialEnds = async (cast: Cast): Promise<Outcome> => {
  const subscription = await castSubscription(cast, inTrial, { trialDays });
  const end = subscription.trial_end ?? periodEnd(subscription);
  cast.stage.moveTo(cast.customer, end);
  cast.tell(`Time passed until ${new Date(end * 1000).toISOString().slice(0, 10)}, when the trial ended.`);
  const invoice = find(cast.stage.world.invoices, subscription.latest_invoice as string | null);
  if (invoice?.status === "draft" && invoice.automatically_finalizes_at !== null)
    cast.stage.moveTo(cast.customer, invoice.automatically_finalizes_at);
  cast.tell(`The subscription is ${statusOf(cast, subscription)} now.`);
  return { subscription: subscription.id, invoice: invoice?.id ?? null };
};

const statusOf = ({ stage }: Cast, { id }: Subscription): string =>
  (find(stage.world.subscriptions, id)?.status ?? "gone").replaceAll("_", " ");
