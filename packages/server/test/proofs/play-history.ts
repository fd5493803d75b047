import type { ConvergenceWorld, Sent } from "./convergence-world.js";
import type { Delivery, History } from "./history.js";
import { performStep, type Stage } from "./perform-step.js";
import type { PlayedAccount } from "./played-account.js";
import type { ProviderStep } from "./provider-step.js";

let played = 0;

/** Everyone who took part in a history, by the ids that they have in each account. */
export type Cast = ReadonlyMap<PlayedAccount, readonly string[]>;

/** The people of a history: the app's ids with the provider's. */
interface Person {
  readonly customerId: string;
  readonly ids: ReadonlyMap<PlayedAccount, string>;
  /** The accounts in which nobody knows them yet. */
  readonly unknown: PlayedAccount[];
}

/** Plays a history through to its last delivery. */
export async function playHistory(world: ConvergenceWorld, history: History): Promise<Cast> {
  played += 1;
  const people = await createPeople(world, history.customers);
  const stages = world.accounts.map((account): Stage => {
    const { stripe, provider, prices } = account;
    const customers = people.map(({ ids }) => ids.get(account) ?? "");
    const own = { people: people.map(({ customerId }) => customerId), act: world.act };
    return { stripe, provider, prices, customers, subscriptions: [], pass: world.pass, ...own };
  });
  const waiting: Sent[] = [];
  const hear = async () => {
    const events = await world.takeEvents();
    waiting.push(
      ...events.filter(({ event: { type } }) => !history.deafTo.some((deaf) => type.startsWith(deaf))),
    );
  };
  if (history.known)
    for (const person of people) while (person.unknown.length > 0) await becomeKnown(world, person);
  for (const step of history.beginnings) await perform(stages, step);
  await hear();
  // What the app has heard of can be managed through it.
  if (history.known) await deliverRest(world, waiting, { luck: [calm], atOnce: 1 });
  for (const { step, deliveries, meanwhile, link } of history.chapters) {
    const happening = perform(stages, step);
    if (meanwhile) await deliverSome(world, waiting, deliveries);
    await happening;
    await hear();
    if (!meanwhile) await deliverSome(world, waiting, deliveries);
    if (link !== null) await becomeKnown(world, people[link % people.length]);
  }
  await deliverRest(world, waiting, history);
  for (const person of people) while (person.unknown.length > 0) await becomeKnown(world, person);
  // Long enough for what failed to be due again; what the provider does meanwhile is delivered too.
  world.pass(300);
  await hear();
  await deliverRest(world, waiting, history);
  await world.finishJobs();
  if (history.deafTo.length > 0) for (const { customerId } of people) await world.reconcile(customerId);
  return new Map(world.accounts.map((one, index) => [one, stages[index]?.customers ?? []]));
}

/** Ends whatever is still running, so that the next history has the account to itself. */
export async function endHistory(world: ConvergenceWorld, cast: Cast): Promise<void> {
  for (const [{ stripe }, customers] of cast) {
    for (const customer of customers) {
      for await (const { id, schedule, status } of stripe.subscriptions.list({ customer })) {
        if (status === "incomplete_expired") continue;
        if (typeof schedule === "string") await stripe.subscriptionSchedules.release(schedule);
        await stripe.subscriptions.cancel(id);
      }
    }
  }
  await world.takeEvents();
}

/** In the account that its number falls on. */
function perform(stages: readonly Stage[], step: ProviderStep): Promise<void> {
  const number = "customer" in step ? step.customer : "which" in step ? step.which : 0;
  const stage = stages[number % stages.length];
  if (stage === undefined) throw new Error("There is no account.");
  const rest = Math.floor(number / stages.length);
  const here = "customer" in step ? { ...step, customer: rest } : { ...step, which: rest };
  return performStep(stage, step.kind === "pass" ? step : (here as ProviderStep));
}

async function createPeople({ accounts }: ConvergenceWorld, count: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const ids = new Map<PlayedAccount, string>();
    for (const account of accounts) ids.set(account, await createCustomer(account, index));
    people.push({ customerId: `customer_${played}_${index}`, ids, unknown: [...accounts] });
  }
  return people;
}

async function createCustomer({ stripe }: PlayedAccount, index: number): Promise<string> {
  const { id } = await stripe.customers.create({ email: `${played}-${index}@example.com` });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: card.id } });
  return id;
}

/** In one account after the other. */
async function becomeKnown({ store }: ConvergenceWorld, person: Person | undefined): Promise<void> {
  const account = person?.unknown.shift();
  if (person === undefined || account === undefined) return;
  const { customerId, ids } = person;
  const link = { customerId, provider: account.provider.id, providerCustomerId: ids.get(account) ?? "" };
  await store.linkCustomer(link);
}

async function deliverSome(
  world: ConvergenceWorld,
  waiting: Sent[],
  deliveries: readonly Delivery[],
): Promise<void> {
  const chosen = deliveries.flatMap((delivery) => {
    const sent = waiting[delivery.event % Math.max(1, waiting.length)];
    return sent === undefined ? [] : [{ delivery, sent }];
  });
  const through = await Promise.all(chosen.map(({ delivery, sent }) => deliver(world, sent, delivery)));
  chosen.forEach(({ sent }, index) => {
    if (through[index] && waiting.includes(sent)) waiting.splice(waiting.indexOf(sent), 1);
  });
}

/** The provider sends again what failed, until everything is through; from the second time on everything goes well. */
async function deliverRest(
  world: ConvergenceWorld,
  waiting: Sent[],
  { luck, atOnce }: Pick<History, "luck" | "atOnce">,
): Promise<void> {
  let turn = 0;
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round > 200)
      throw new Error(`These never got through: ${waiting.map(({ event }) => event.type).join(", ")}`);
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

/** Once, and nobody dies. */
const calm: Delivery = { event: 0, instance: 0, copies: 1, crash: null };

/** Whether the provider need not send it again. */
async function deliver(
  world: ConvergenceWorld,
  sent: Sent,
  { instance, copies, crash }: Delivery,
): Promise<boolean> {
  const statuses = await Promise.all(
    Array.from({ length: copies }, (_, copy) =>
      // One copy dies, the others survive.
      world.deliver(sent, instance + copy, copy === 0 ? crash : null),
    ),
  );
  return statuses.some((status) => status === 200);
}
