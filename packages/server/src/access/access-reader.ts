import {
  type Access,
  type AccessFacts,
  type AccessState,
  type Catalog,
  type ChangePolicies,
  type Clock,
  type CreditsSummary,
  currentUsage,
  decideAccess,
  hasPrivatePlans,
  keepsLastKnown,
  nextChangeOf,
  type PortalAbility,
  type Store,
  seatUsage,
} from "@tollgate/core";
import type { KnownPlans } from "../catalog/known-plans.js";
import type { Identity } from "../context/identity.js";
import type { Providers } from "../context/providers.js";
import { createAccessCache } from "./access-cache.js";
import type { AccessRules } from "./access-options.js";
import { bridgeOutage } from "./bridge-outage.js";
import { type DecidedAccess, toDecidedAccess } from "./decided-access.js";
import { createSeenBy } from "./seen-by.js";
import { createTurnClock } from "./turn-clock.js";

/** Says what people may use now: from memory where possible, otherwise by one read of the store. */
export interface AccessReader {
  /** @throws BillingError `store_unavailable`, unless the app has an outage policy */
  readonly of: (identity: Identity | null) => Promise<Access>;
  /** The same as plain data with the moment at which it may change, for whoever passes it on. */
  readonly decide: (identity: Identity) => Promise<Pick<DecidedAccess, "state" | "changesAt">>;
  /** Reads again, whatever is in memory. */
  readonly refresh: (identity: Identity) => Promise<Access>;
}

interface ReaderParts {
  readonly catalog: Catalog;
  readonly knownPlans: Pick<KnownPlans, "now" | "of">;
  readonly providers: Pick<Providers, "selling" | "all" | "ids">;
  readonly graceDays: number;
  readonly changePolicies: ChangePolicies;
  readonly clock: Clock;
  /** Whether that is the app's own clock, which may be set at any moment. */
  readonly ownClock: boolean;
  readonly accessRules: AccessRules;
  readonly openStore: () => Promise<Store>;
  /** What is left of a customer's credits. */
  readonly readCredits: (customerId: string) => Promise<Readonly<Record<string, CreditsSummary>>>;
}

/** What a decision needs besides the facts. */
interface ReadBeside {
  readonly now: Date;
  readonly credits: AccessState["credits"];
  readonly plans?: readonly string[];
}

const noPortal: PortalAbility = { cancels: false, switches: null };

/** No identity has an empty id. */
const nobodysId = "";

export function createAccessReader(parts: ReaderParts): AccessReader {
  const { catalog, knownPlans, graceDays, changePolicies, clock, openStore, readCredits } = parts;
  const { selling, all, ids } = parts.providers;
  const providers = {
    seller: selling.id,
    opensCheckouts: selling.checkout.kinds[0] !== "component",
    portals: Object.fromEntries(all.map(({ id, manage }) => [id, manage.portal ?? noPortal])),
    changers: all.flatMap(({ id, manage }) => (manage.changes === undefined ? [] : [id])),
  };
  const hasPortal = all.some(({ manage }) => manage.portal !== null);
  const { maxStaleMs, outage } = parts.accessRules;
  const isPersonal = hasPrivatePlans(catalog);
  const keepsLast = outage !== null && keepsLastKnown(outage);
  const now = parts.ownClock ? () => clock().getTime() : createTurnClock();
  const cache = createAccessCache(clock, { now, maxStaleMs, keepsLast });
  let listening: Store | null = null;

  /** By the plans that are known by now. */
  function decideFrom(
    customerId: string,
    facts: AccessFacts,
    { now, credits, plans = [] }: ReadBeside,
  ): AccessState {
    const catalog = knownPlans.now();
    const { hasBillingAccount, subscriptions, usage: counts, purchases } = facts;
    const customer = { id: customerId, canManage: true, hasBillingAccount: hasBillingAccount && hasPortal };
    const counted = currentUsage({ catalog, customer, subscriptions, counts, graceDays, now });
    const usage = { ...counted, ...seatUsage(catalog, facts.seats) };
    const { caps = [] } = facts;
    const rules = { catalog, graceDays, changePolicies, providers, plans, caps };
    return decideAccess({ ...rules, customer, subscriptions, usage, purchases, credits, now });
  }

  /** What somebody may use for whom private plans are named: of one customer's people not all are offered the same. */
  const seenBy = createSeenBy((id, { decided, facts }, plans) =>
    decideFrom(id, facts, { now: new Date(decided.state.decidedAt), credits: decided.state.credits, plans }),
  );

  async function read(customerId: string, at: Date): Promise<DecidedAccess> {
    const store = await openStore();
    if (listening !== store && (maxStaleMs > 0 || keepsLast)) {
      listening = store;
      // Before the read, so that no change falls between; closing the store ends it.
      await store.onChange(cache.forget);
    }
    const [facts, credits] = await Promise.all([
      store.readAccessFacts(customerId, ids, at),
      catalog.credits && readCredits(customerId),
    ]);
    await knownPlans.of(facts.subscriptions);
    const state = decideFrom(customerId, facts, { now: at, credits });
    return toDecidedAccess(state, nextChangeOf(state, facts.usage), keepsLast || isPersonal ? facts : null);
  }

  function load(customerId: string): Promise<DecidedAccess> {
    const reading = cache.load(customerId, (at) => read(customerId, at));
    if (outage === null) return reading;
    return bridgeOutage({
      reading,
      catalog,
      rules: outage,
      customerId,
      now: clock,
      lastKnown(now) {
        const last = cache.findLast(customerId);
        if (!last?.decided.facts || now.getTime() - last.readAt > outage.lastKnownMs) return null;
        return decideFrom(customerId, last.decided.facts, { now, credits: last.decided.state.credits });
      },
    });
  }

  async function promised(identity: Identity): Promise<Access> {
    return seenBy(identity, await load(identity.id)).promised[identity.role];
  }

  async function nobody(): Promise<Access> {
    const decided = await cache.load(nobodysId, async (now) => {
      const state = decideAccess({ catalog, customer: null, subscriptions: [], graceDays, now });
      return toDecidedAccess(state, null, null);
    });
    return decided.promised.member;
  }

  return {
    of(identity) {
      const warm = cache.find(identity === null ? nobodysId : identity.id);
      if (identity === null) return warm === undefined ? nobody() : warm.promised.member;
      return warm === undefined ? promised(identity) : seenBy(identity, warm).promised[identity.role];
    },
    async decide(identity) {
      const decided = cache.find(identity.id) ?? (await load(identity.id));
      const { promised, changesAt } = seenBy(identity, decided);
      return { state: (await promised[identity.role]).state, changesAt };
    },
    refresh(identity) {
      cache.forget([identity.id]);
      return promised(identity);
    },
  };
}
