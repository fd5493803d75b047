import { randomUUID } from "node:crypto";
import {
  callbackTypes,
  type Installations,
  isLive,
  type PlanGrants,
  type PlanMemory,
  type Store,
  type TermsMemory,
} from "@tollgate/core";
import { toText } from "./as-text.js";
import { isHeardIn } from "./memory-outbox.js";
import type { MemoryState } from "./memory-state.js";
import { unpackSubscription } from "./memory-subscriptions.js";
import { unreportedIn } from "./memory-usage-reports.js";

/** What a database knows of plans, of itself, and of how it is doing. */
export function createMemoryPlans(
  state: MemoryState,
): PlanMemory & TermsMemory & Installations & Pick<Store, "readHealth"> {
  const plans = new Map<string, string>();
  const terms: { readonly since: string; readonly text: string }[] = [];
  const list = (): readonly PlanGrants[] =>
    [...plans].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => JSON.parse(text));
  let installation: { readonly id: string; readonly app: string | null } = { id: randomUUID(), app: null };
  return {
    async rememberPlans(wanted) {
      const before = list();
      for (const one of wanted) plans.set(one.planId, toText(one));
      return before;
    },
    listPlans: async () => list(),
    async rememberTerms(wanted, since) {
      const text = JSON.stringify(wanted);
      if (terms.at(-1)?.text !== text) terms.push({ since, text });
    },
    async findTerms(at) {
      const found = terms.filter(({ since }) => since <= at).sort((a, b) => (a.since < b.since ? -1 : 1));
      const last = found.at(-1);
      return last === undefined ? null : { terms: JSON.parse(last.text), since: last.since };
    },
    async countSubscribers(except) {
      const customers = new Map<string, Set<string>>();
      for (const one of state.subscriptions.all().map(unpackSubscription).filter(isLive)) {
        for (const { planId } of one.items) {
          if (planId === null || except.includes(planId)) continue;
          customers.set(planId, (customers.get(planId) ?? new Set()).add(one.customerId));
        }
      }
      const counts = [...customers].map(([planId, { size }]) => ({ planId, customers: size }));
      return counts.sort((a, b) => (a.planId < b.planId ? -1 : 1));
    },
    async countPayers(provider, priceIds) {
      const customers = new Map<string, Set<string>>();
      for (const one of state.subscriptions.all().map(unpackSubscription).filter(isLive)) {
        for (const { priceId } of one.items) {
          if (one.provider !== provider || !priceIds.includes(priceId)) continue;
          customers.set(priceId, (customers.get(priceId) ?? new Set()).add(one.customerId));
        }
      }
      const counts = [...customers].map(([priceId, { size }]) => ({ priceId, customers: size }));
      return counts.sort((a, b) => (a.priceId < b.priceId ? -1 : 1));
    },
    async listSubscribers({ after, limit }) {
      const live = state.subscriptions.all().map(unpackSubscription).filter(isLive);
      const ids = new Set(live.map(({ customerId }) => customerId));
      return [...ids]
        .sort()
        .filter((id) => after === null || id > after)
        .slice(0, limit);
    },
    readInstallation: async () => installation,
    async bindInstallation(app) {
      if (installation.app === null) installation = { ...installation, app };
      return installation;
    },
    async readHealth() {
      const events = state.events.all();
      const failed = events.filter((one) => one.state === "failed");
      const received = events.filter((one) => one.state === "received").map(({ receivedAt }) => receivedAt);
      const callbacks = state.callbacks.all();
      const waiting = callbacks.filter((one) => one.state === "waiting").map(({ createdAt }) => createdAt);
      const kept = new Set(callbacks.filter((one) => one.state === "unheard").map(({ type }) => type));
      const types = [...new Set<string>([...callbackTypes, ...state.heard.keys()])].sort();
      return {
        events: {
          unmatched: events.filter((one) => one.state === "unmatched").length,
          failed: failed.filter(({ nextAttemptAt }) => nextAttemptAt !== null).length,
          givenUp: failed.filter(({ nextAttemptAt }) => nextAttemptAt === null).length,
          oldestReceivedAt: received.sort()[0] ?? null,
        },
        callbacks: {
          waiting: waiting.length,
          dead: callbacks.filter((one) => one.state === "dead").length,
          oldestWaitingAt: waiting.length === 0 ? null : toIso(Math.min(...waiting)),
          unheard: types
            .filter((type) => kept.has(type) && !isHeardIn(state, type))
            .map((type) => ({ type, heardAt: toIso(state.heard.get(type) ?? null) })),
        },
        usage: unreportedIn(state),
      };
    },
  };
}

function toIso(time: number): string;
function toIso(time: number | null): string | null;
function toIso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
