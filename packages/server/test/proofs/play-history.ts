import type { StripeEvent } from "@tollgate/sandbox";
import type { ConvergenceWorld } from "./convergence-world.js";
import type { Delivery, History } from "./history.js";
import { performStep, type Stage } from "./perform-step.js";

let played = 0;

/** The people of a history: the app's ids with the provider's. */
interface Person {
  readonly customerId: string;
  readonly providerCustomerId: string;
  known: boolean;
}

/** Plays a history through to its last delivery; returns the provider's ids of everyone who took part. */
export async function playHistory(world: ConvergenceWorld, history: History): Promise<readonly string[]> {
  played += 1;
  const people = await createPeople(world, history.customers);
  const stage: Stage = {
    stripe: world.stripe,
    provider: world.provider,
    prices: world.prices,
    customers: people.map(({ providerCustomerId }) => providerCustomerId),
    subscriptions: [],
    pass: world.pass,
  };
  const waiting: StripeEvent[] = [];
  const hear = async () => {
    const events = await world.takeEvents();
    waiting.push(...events.filter(({ type }) => !history.deafTo.some((deaf) => type.startsWith(deaf))));
  };
  for (const step of history.beginnings) await performStep(stage, step);
  await hear();
  for (const { step, deliveries, meanwhile, link } of history.chapters) {
    const happening = performStep(stage, step);
    if (meanwhile) await deliverSome(world, waiting, deliveries);
    await happening;
    await hear();
    if (!meanwhile) await deliverSome(world, waiting, deliveries);
    if (link !== null) await becomeKnown(world, people[link % people.length]);
  }
  await deliverRest(world, waiting, history);
  for (const person of people) await becomeKnown(world, person);
  // Long enough for what failed to be due again; what the provider does meanwhile is delivered too.
  world.pass(300);
  await hear();
  await deliverRest(world, waiting, history);
  await world.finishJobs();
  if (history.deafTo.length > 0) for (const { customerId } of people) await world.reconcile(customerId);
  return stage.customers;
}

/** Ends whatever is still running, so that the next history has the account to itself. */
export async function endHistory(world: ConvergenceWorld, customers: readonly string[]): Promise<void> {
  for (const customer of customers) {
    for await (const { id, schedule, status } of world.stripe.subscriptions.list({ customer })) {
      if (status === "incomplete_expired") continue;
      if (typeof schedule === "string") await world.stripe.subscriptionSchedules.release(schedule);
      await world.stripe.subscriptions.cancel(id);
    }
  }
  await world.takeEvents();
}

async function createPeople({ stripe }: ConvergenceWorld, count: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await stripe.customers.create({ email: `${played}-${index}@example.com` });
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
    await stripe.customers.update(id, { invoice_settings: { default_payment_method: card.id } });
    people.push({ customerId: `customer_${played}_${index}`, providerCustomerId: id, known: false });
  }
  return people;
}

async function becomeKnown({ store }: ConvergenceWorld, person: Person | undefined): Promise<void> {
  if (person === undefined || person.known) return;
  person.known = true;
  const { customerId, providerCustomerId } = person;
  await store.transaction((tx) => tx.linkCustomer({ customerId, provider: "stripe", providerCustomerId }));
}

async function deliverSome(
  world: ConvergenceWorld,
  waiting: StripeEvent[],
  deliveries: readonly Delivery[],
): Promise<void> {
  const chosen = deliveries.flatMap((delivery) => {
    const event = waiting[delivery.event % Math.max(1, waiting.length)];
    return event === undefined ? [] : [{ delivery, event }];
  });
  const through = await Promise.all(chosen.map(({ delivery, event }) => deliver(world, event, delivery)));
  chosen.forEach(({ event }, index) => {
    if (through[index] && waiting.includes(event)) waiting.splice(waiting.indexOf(event), 1);
  });
}

/** The provider sends again what failed, until everything is through; from the second time on everything goes well. */
async function deliverRest(world: ConvergenceWorld, waiting: StripeEvent[], history: History): Promise<void> {
  const { luck, atOnce } = history;
  let turn = 0;
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round > 200)
      throw new Error(`These never got through: ${waiting.map(({ type }) => type).join(", ")}`);
    const batch: Delivery[] = [];
    while (batch.length < Math.min(atOnce, waiting.length)) {
      const chosen = luck[turn % luck.length];
      turn += 1;
      if (chosen === undefined) return;
      const event = chosen.event + turn;
      batch.push(turn > luck.length ? { ...chosen, event, crash: null } : { ...chosen, event });
    }
    await deliverSome(world, waiting, batch);
  }
}

/** Whether the provider need not send it again. */
async function deliver(
  world: ConvergenceWorld,
  event: StripeEvent,
  { instance, copies, crash }: Delivery,
): Promise<boolean> {
  const statuses = await Promise.all(
    Array.from({ length: copies }, (_, copy) =>
      // One copy dies, the others survive.
      world.deliver(event, instance + copy, copy === 0 ? crash : null),
    ),
  );
  return statuses.some((status) => status === 200);
}
