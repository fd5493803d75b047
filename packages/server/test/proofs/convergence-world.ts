import type { Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { toDelivery } from "../requests.js";
import type { CrashPoint } from "./crash.js";
import { openNeighbour } from "./neighbour.js";
import type { OwnStep } from "./own-step.js";
import { openPlayedAccount, type PlayedAccount } from "./played-account.js";
import type { SharedDatabase } from "./shared-database.js";

/** An event, and the account that tells it. */
export interface Sent {
  readonly account: PlayedAccount;
  readonly event: StripeEvent;
}

/** A provider's accounts and two instances of an app, in which one history after another is played. */
export interface ConvergenceWorld {
  /** One, or two of an app that moves from one to the other. */
  readonly accounts: readonly PlayedAccount[];
  readonly store: Store;
  /** The events that the accounts have sent since the last call, as they came about. */
  takeEvents(): Promise<Sent[]>;
  /**
   * Delivers an event, signed now, to an instance that dies while handling it at `crash`; the HTTP status of the
   * answer.
   */
  deliver(sent: Sent, instance: number, crash: CrashPoint | null): Promise<number>;
  /** An instance does what a customer wants of our own API, and dies while doing it at `crash`. */
  act(customerId: string, step: OwnStep): Promise<void>;
  /** One of the instances does what is left to do. */
  finishJobs(): Promise<void>;
  /** One of the instances compares a customer with the provider, and repairs what differs. */
  reconcile(customerId: string): Promise<void>;
  /** What another app in the first account took for its own, though nobody uses that app. */
  neighbourHolds(): Promise<string[]>;
  pass(seconds: number): void;
  close(): Promise<void>;
}

/** What means something to us; the rest is answered without looking at the store. */
const oursOnly =
  /^(customer\.(subscription\.|deleted)|subscription_schedule\.|checkout\.session\.|refund\.|charge\.dispute\.|radar\.|invoice\.(paid|payment_failed|payment_action_required))/;

/** @param names of the accounts; the last one sells */
export async function openConvergenceWorld(
  database: SharedDatabase,
  neighbourDatabase: SharedDatabase,
  names: readonly string[],
): Promise<ConvergenceWorld> {
  const store = database.openStore();
  await store.migrate();
  const opened: PlayedAccount[] = [];
  for (const name of names) opened.push(await openPlayedAccount(name, store));
  const [first] = opened;
  if (first === undefined) throw new Error("There is no account.");
  const neighbour = await openNeighbour(first.sandbox, neighbourDatabase);
  // Of the other accounts, some product of somebody else's stands for it.
  const accounts = opened.map((one) => {
    const price = one === first ? neighbour.price : (one.prices.foreign ?? "");
    return { ...one, prices: { ...one.prices, neighbour: price } };
  });
  const instances = await Promise.all([0, 1].map(() => database.startInstance(accounts)));
  return {
    accounts,
    store,
    async takeEvents() {
      const lists: Sent[][] = [];
      for (const account of accounts) {
        const sent = await account.takeSent();
        if (account === accounts[0]) for (const event of sent) neighbour.note(event);
        const taken = sent.filter(({ type }) => oursOnly.test(type));
        lists.push(taken.map((event) => ({ account, event })));
      }
      return interleave(lists);
    },
    async deliver({ account, event }, instance, crash) {
      const { sandbox, stripe, provider } = account;
      const deliver = () => toDelivery(sandbox, stripe, event, { to: provider.id });
      const [status] = await Promise.all([
        instances[instance % instances.length]?.deliver(deliver(), crash) ?? 0,
        account === accounts[0] ? neighbour.hear(deliver()) : null,
      ]);
      return status;
    },
    act: async (customerId, { deed, instance, crash }) =>
      instances[instance % instances.length]?.act(customerId, deed, crash),
    finishJobs: async () => instances[0]?.finishJobs(),
    reconcile: async (customerId) => instances[1]?.reconcile(customerId),
    pass(seconds) {
      for (const { sandbox } of accounts) sandbox.advance(new Date(sandbox.now().getTime() + seconds * 1000));
    },
    neighbourHolds: neighbour.holds,
    async close() {
      await neighbour.close();
      for (const instance of instances) await instance.close();
      await store.close();
      for (const { sandbox } of accounts) await sandbox.close();
    },
  };
}

/** By turns, so that a random choice among the first finds those of every account. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((one) => one.length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((one) => one.slice(index, index + 1)),
  ).flat();
}
