import { openDispute } from "../engine/payments/dispute.js";
import { atCustomer } from "../engine/world/test-clock.js";
import type { Charge, Dispute, Refund } from "../engine/world/wire.js";
import { type Cast, type Outcome, unfit } from "./cast.js";
import { castSubscription, type Judge } from "./cast-subscription.js";

const stands = ({ paid, captured, disputed, refunded }: Charge): boolean =>
  paid && captured && !disputed && !refunded;

const anyOne: Judge = () => undefined;

/** The subscription whose invoice an intent paid. */
const subscriptionOf = ({ stage: { world } }: Cast, { payment_intent: intent }: Charge): string | null => {
  const invoice = world.hidden.invoiceOfIntent[String(intent)];
  const parent = invoice === undefined ? undefined : world.invoices[invoice]?.parent;
  return (parent?.subscription_details?.subscription as string | undefined) ?? null;
};

/** The customer's newest payment that stands, of the subscription if one was named; a first one is made. */
const castCharge = async (cast: Cast): Promise<Charge> => {
  const { customer, stage, options } = cast;
  const newest = () =>
    Object.values(stage.world.charges)
      .filter((charge) => charge.customer === customer && stands(charge))
      .filter((charge) => !options.subscription || subscriptionOf(cast, charge) === options.subscription)
      .at(-1);
  const known = newest();
  if (known) return known;
  const { id } = await castSubscription(cast, anyOne);
  const made = newest();
  if (!made)
    throw unfit(
      `Subscription ${id} has no payment that stands, neither refunded nor disputed: play \`renewal\` first.`,
    );
  return made;
};

const outcomeOf = (cast: Cast, charge: Charge): Outcome => ({
  charge: charge.id,
  paymentIntent: charge.payment_intent as string | null,
  invoice: cast.stage.world.hidden.invoiceOfIntent[String(charge.payment_intent)] ?? null,
  subscription: subscriptionOf(cast, charge),
  paymentMethod: charge.payment_method,
});

/** The newest payment is given back, all of it. */
export const refund = async (cast: Cast): Promise<Outcome> => {
  const charge = await castCharge(cast);
  const { id } = await cast.stage.ask<Refund>("POST", "/v1/refunds", { charge: charge.id });
  cast.tell(`The payment ${charge.id} was refunded.`);
  return { ...outcomeOf(cast, charge), refund: id };
};

/** The holder of the card contests the newest payment, and the bank takes the money. */
export const dispute = async (cast: Cast): Promise<Outcome & { dispute: string }> => {
  const charge = await castCharge(cast);
  const { id } = cast.stage.act((world, ctx) =>
    openDispute(world, atCustomer(world, ctx, cast.customer), charge, "dispute_fraudulent"),
  );
  cast.tell(`The payment ${charge.id} was disputed as fraudulent.`);
  return { ...outcomeOf(cast, charge), dispute: id };
};

/** A dispute, answered with evidence that convinces the bank: the money comes back. */
export const disputeWon = async (cast: Cast): Promise<Outcome> => {
  const outcome = await dispute(cast);
  const evidence = { uncategorized_text: "winning_evidence" };
  await cast.stage.ask<Dispute>("POST", `/v1/disputes/${outcome.dispute}`, { evidence, submit: true });
  // The bank takes some seconds to read it.
  cast.stage.moveTo(cast.customer, cast.stage.now(cast.customer) + 10);
  cast.tell("Evidence was handed in, and the dispute was won.");
  return outcome;
};

/** A dispute that is accepted: the money is gone. */
export const disputeLost = async (cast: Cast): Promise<Outcome> => {
  const outcome = await dispute(cast);
  await cast.stage.ask<Dispute>("POST", `/v1/disputes/${outcome.dispute}/close`);
  cast.tell("The dispute was accepted, so it is lost.");
  return outcome;
};
