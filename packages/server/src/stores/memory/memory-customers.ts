import type {
  CustomerLink,
  CustomerProfile,
  Rounds,
  StoreCommands,
  StoredCustomer,
  StoreReads,
} from "@tollgate/core";
import { refuseOddText, toText } from "./as-text.js";
import { addJobsIn } from "./memory-jobs.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { MemoryState } from "./memory-state.js";
import { replaceIn } from "./memory-subscriptions.js";
import { keyOf } from "./table.js";

type Customers = Pick<
  StoreReads,
  "findCustomer" | "findCustomerByProviderId" | "listRetiredCustomers" | "readProfile"
> &
  Pick<StoreCommands, "linkCustomer" | "retireCustomer" | "saveCustomerProfile" | "saveProfile"> &
  Pick<Rounds, "listLinks">;

export function createMemoryCustomers(state: MemoryState): Customers {
  return {
    findCustomer: async (customerId, provider) => currentOf(state, customerId, provider),
    findCustomerByProviderId: async (id, provider) => state.customers.get(keyOf(provider, id)) ?? null,
    async listRetiredCustomers(customerId, provider) {
      const own = state.customers.all().filter((one) => one.customerId === customerId);
      const retired = own.filter((one) => one.provider === provider && !one.current);
      return retired.map((one) => one.providerCustomerId).sort();
    },
    async linkCustomer(link, { wins = "first", subscriptions = [] } = {}) {
      const stored = state.atOnce(() => {
        const linked = linkIn(state, link, wins);
        if (isSame(linked, link)) for (const write of subscriptions) replaceIn(state, write);
        return linked;
      });
      state.changed([link.customerId]);
      for (const { callbacks, jobs } of subscriptions) {
        if (callbacks.length > 0) state.added("callbacks");
        if (jobs.length > 0) state.added("jobs");
      }
      return stored;
    },
    async retireCustomer(link) {
      retireIn(state, link);
      state.changed([link.customerId]);
    },
    async saveCustomerProfile({ provider, providerCustomerId, profile: known }, profile) {
      const key = keyOf(provider, providerCustomerId);
      const stored = state.customers.get(key);
      if (stored === undefined) return;
      state.customers.set(key, { ...stored, profile: stored.profile === known ? profile : null });
    },
    async readProfile({ provider, providerCustomerId }) {
      return JSON.parse(state.profiles.get(keyOf(provider, providerCustomerId))?.text ?? "{}");
    },
    async saveProfile({ link, expected, profile, callbacks, jobs }) {
      const key = keyOf(link.provider, link.providerCustomerId);
      const known: CustomerProfile = JSON.parse(state.profiles.get(key)?.text ?? "{}");
      if (!state.customers.get(key) || textOf(known) !== textOf(expected)) return "overtaken";
      state.atOnce(() => {
        state.profiles.set(key, { text: toText(profile) });
        addCallbacksIn(state, callbacks);
        addJobsIn(state, jobs);
      });
      if (callbacks.length > 0) state.added("callbacks");
      if (jobs.length > 0) state.added("jobs");
      return "saved";
    },
    async listLinks({ provider, after, limit }) {
      const own = state.customers.all().filter((one) => one.provider === provider);
      const sorted = own.sort((a, b) => (a.providerCustomerId < b.providerCustomerId ? -1 : 1));
      const page = sorted.filter((one) => one.providerCustomerId > (after ?? "")).slice(0, limit);
      return page.map(({ customerId, providerCustomerId }) => ({ customerId, provider, providerCustomerId }));
    },
  };
}

/** As part of a command. */
export function retireIn({ customers }: MemoryState, link: CustomerLink): void {
  const key = keyOf(link.provider, link.providerCustomerId);
  const stored = customers.get(key);
  if (stored !== undefined) customers.set(key, { ...stored, current: false });
}

function linkIn(state: MemoryState, link: CustomerLink, wins: "first" | "last"): StoredCustomer {
  const { customerId, provider, providerCustomerId } = link;
  const current = currentOf(state, customerId, provider);
  const known = state.customers.get(keyOf(provider, providerCustomerId));
  if (wins === "first" && current !== null) return current;
  if (known !== undefined) return known;
  if (current !== null) retireIn(state, current);
  for (const text of [customerId, provider, providerCustomerId]) refuseOddText(text);
  const stored = { customerId, provider, providerCustomerId, current: true, profile: null };
  state.customers.set(keyOf(provider, providerCustomerId), stored);
  return stored;
}

function currentOf({ customers }: MemoryState, customerId: string, provider: string): StoredCustomer | null {
  const own = customers.all().find((one) => {
    return one.customerId === customerId && one.provider === provider && one.current;
  });
  return own ?? null;
}

function isSame(link: CustomerLink, wanted: CustomerLink): boolean {
  return link.customerId === wanted.customerId && link.providerCustomerId === wanted.providerCustomerId;
}

/** The same for the same, in whichever order it was written. */
function textOf({ email, name }: CustomerProfile): string {
  return JSON.stringify([email, name].map((field) => field && [field.value, field.by, field.waits]));
}
