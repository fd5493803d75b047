import type Stripe from "stripe";
import type { Billing } from "../../src/index.js";
import type { CallOptions } from "../requests.js";
import type { World } from "../world.js";
import type { LifeStep, Terms } from "./life-step.js";

type Of<K extends LifeStep["kind"]> = LifeStep & { kind: K };

/** Who acts, and where. */
export interface Actor {
  readonly world: World;
  /** An instance of the app whose policy is that less money happens now, too. */
  readonly hasty: Billing;
  readonly user: string;
  /** The subscriptions that were ended before their time, as they wished. */
  readonly left: Set<string>;
}

/** Does it; `false`: it was refused, or there was nothing to do it to. */
export async function act(actor: Actor, step: LifeStep): Promise<boolean> {
  switch (step.kind) {
    case "buy":
      return buy(actor, step.terms);
    case "change":
      return change(actor, step);
    case "undo":
      return (await post(actor, "/subscription/undo-change", {})).body.undone === true;
    case "cancel":
      return leave(actor, step);
    case "resume":
      return (await post(actor, "/subscription/resume", {})).body.outcome === "done";
    case "pause":
      return pause(actor, step);
    case "refund":
      return giveBack(actor, step);
    case "dispute":
      return contest(actor, step);
    case "card":
      return switchCard(actor, step.good);
    case "pay":
      return pay(actor);
    case "renew":
      return renew(actor, step.good);
    case "pass":
      actor.world.tick(step.hours * 3600);
      return true;
  }
}

export async function customerOf({ world, user }: Pick<Actor, "world" | "user">): Promise<string> {
  return (await world.billing.customers.find(user))?.providerCustomerId ?? "";
}

function post({ world, user }: Actor, path: string, body: object, options: CallOptions = {}) {
  return world.call("POST", path, { as: user, body, ...options });
}

async function buy(actor: Actor, terms: Terms): Promise<boolean> {
  const { status, body } = await post(actor, "/checkout", toChoice(terms));
  if (status !== 200) return false;
  await actor.world.pay(body.id);
  return (await actor.world.call("GET", `/checkout/${body.id}`, { as: actor.user })).status === 200;
}

async function change(actor: Actor, step: Of<"change">): Promise<boolean> {
  const billing = step.lessMoney === "now" ? actor.hasty : actor.world.billing;
  const choice = toChoice(step.terms);
  const shown = await post(actor, "/subscription/preview", choice, { billing });
  if (shown.status !== 200) return false;
  const agreed = { ...choice, preview: shown.body.token };
  return (await post(actor, "/subscription/change", agreed, { billing })).status === 200;
}

/** Whoever ends a subscription before its time gives up what it had paid for. */
async function leave(actor: Actor, { at, settlement }: Of<"cancel">): Promise<boolean> {
  const subscription = await latest(actor);
  const wish = { customerId: actor.user, at, settlement };
  if (!(await works(actor.world.billing.subscriptions.cancel(wish)))) return false;
  if (subscription === undefined) return true;
  // What is paused or past due ends at once, whenever it was asked to end.
  const { status } = await actor.world.dashboard.subscriptions.retrieve(subscription.id);
  if (status === "canceled") actor.left.add(subscription.id);
  return true;
}

function pause({ world, user }: Actor, { how, days }: Of<"pause">): Promise<boolean> {
  const until = new Date(world.sandbox.now().getTime() + (days ?? 0) * 86_400_000).toISOString();
  const wish = { customerId: user, kind: how, ...(days !== null && how === "collection" && { until }) };
  return works(world.billing.subscriptions.pause(wish));
}

async function giveBack(actor: Actor, step: Of<"refund">): Promise<boolean> {
  const charge = await paymentOf(actor, step.which);
  if (charge === undefined) return false;
  const { dashboard, billing } = actor.world;
  const part = step.whole ? {} : { amount: 1 };
  if (step.by === "dashboard") return works(dashboard.refunds.create({ charge: charge.id, ...part }));
  const payment = { type: "payment_intent", payment_intent: String(charge.payment_intent) } as const;
  const { data } = await dashboard.invoicePayments.list({ payment });
  const invoiceId = String(data[0]?.invoice);
  return works(billing.refunds.create({ customerId: actor.user, invoiceId, ...part }));
}

async function contest(actor: Actor, step: Of<"dispute">): Promise<boolean> {
  const charge = await paymentOf(actor, step.which);
  if (charge === undefined) return false;
  const { dashboard } = actor.world;
  const kind = `dispute_${step.how}`;
  await dashboard.rawRequest("POST", `/v1/sandbox/charges/${charge.id}/dispute`, { kind });
  const [made] = (await dashboard.disputes.list({ charge: charge.id })).data;
  if (made === undefined || step.ends === "open") return true;
  if (step.ends === "lost") return works(dashboard.disputes.close(made.id));
  const evidence = { uncategorized_text: "winning_evidence" };
  return works(dashboard.disputes.update(made.id, { evidence, submit: true }));
}

async function switchCard(actor: Actor, good: boolean): Promise<boolean> {
  const { paymentMethods, customers, subscriptions } = actor.world.dashboard;
  const customer = await customerOf(actor);
  const token = good ? "pm_card_visa" : "pm_card_chargeCustomerFail";
  const { id } = await paymentMethods.attach(token, { customer });
  const subscription = await latest(actor);
  await customers.update(customer, { invoice_settings: { default_payment_method: id } });
  if (subscription !== undefined) await subscriptions.update(subscription.id, { default_payment_method: id });
  return true;
}

/** No further than the provider remembers what it told. */
async function renew(actor: Actor, good: boolean): Promise<boolean> {
  await switchCard(actor, good);
  const { sandbox, tick } = actor.world;
  const now = sandbox.now().getTime() / 1000;
  const end = (await latest(actor))?.items.data[0]?.current_period_end ?? now;
  tick(Math.max(0, Math.min(end - now + 2 * 3600, 29 * 86_400)));
  return end > now;
}

async function pay(actor: Actor): Promise<boolean> {
  const customer = await customerOf(actor);
  const { data } = await actor.world.dashboard.invoices.list({ customer, status: "open", limit: 1 });
  return data[0] !== undefined && (await post(actor, `/invoices/${data[0].id}/pay`, {})).status === 200;
}

/** The latest that has not ended. */
async function latest(actor: Actor): Promise<Stripe.Subscription | undefined> {
  const customer = await customerOf(actor);
  return (await actor.world.dashboard.subscriptions.list({ customer, limit: 1 })).data[0];
}

/** Of those that brought money and were never contested, the latest first. */
async function paymentOf(actor: Actor, which: number): Promise<Stripe.Charge | undefined> {
  const { data } = await actor.world.dashboard.charges.list({
    customer: await customerOf(actor),
    limit: 100,
  });
  return data.filter(({ status, disputed }) => status === "succeeded" && !disputed)[which];
}

function toChoice({ planId, interval, quantity }: Terms) {
  return { planId, interval, quantity: planId === "crew" ? quantity : 1 };
}

/** Whatever is refused, by us or by the provider, has not happened. */
async function works(deed: Promise<unknown>): Promise<boolean> {
  try {
    await deed;
    return true;
  } catch (error) {
    const { code, type } = error as { code?: unknown; type?: unknown };
    if (typeof code === "string" || typeof type === "string") return false;
    throw error;
  }
}
