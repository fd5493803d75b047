import {
  type AccessState,
  type Attention,
  type Catalog,
  type ChangeCause,
  type DenialReason,
  type FeatureAccess,
  findPlan,
  type IsoTime,
  type StoredHistoryEntry,
  type Subscription,
  type SubscriptionStatus,
  sayCause,
  sayEntry,
} from "@tollgate/core";

/** One link of the chain from the catalog to the answer, in words for support staff and in data. */
export type ExplanationStep =
  | {
      readonly kind: "catalog";
      readonly words: string;
      readonly since: IsoTime | null;
      readonly planId: string | null;
    }
  | { readonly kind: "subscription"; readonly words: string; readonly subscription: Subscription | null }
  | {
      readonly kind: "event";
      readonly words: string;
      readonly at: IsoTime;
      readonly occurredAt: IsoTime;
      readonly cause: ChangeCause;
    }
  | { readonly kind: "decision"; readonly words: string; readonly access: FeatureAccess };

interface Known {
  readonly state: AccessState;
  readonly access: FeatureAccess;
  /** Its id. */
  readonly feature: string;
  readonly entries: readonly StoredHistoryEntry[];
  /** The one of then, since when it was in force; `null`: today's. */
  readonly catalog: Catalog;
  readonly since: IsoTime | null;
}

/** From the catalog to the answer, each link in words that name plans and features as customers know them. */
export function explainSteps(known: Known): readonly ExplanationStep[] {
  const { state, access, entries, catalog, since } = known;
  // The one that counts, by what was answered about it.
  const { subscription: meant } = state;
  const isMeant = ({ subscription: one }: StoredHistoryEntry) =>
    one !== null && one.status === meant?.status && one.planId === meant.planId;
  const entry = entries.find(isMeant) ?? entries.at(-1) ?? null;
  const subscription = entry?.subscription ?? null;
  const steps: ExplanationStep[] = [
    { kind: "catalog", words: sayCatalog(known), since, planId: state.planId },
    { kind: "subscription", words: saySubscription(subscription, known), subscription },
  ];
  if (entry !== null) {
    const { appliedAt: at, occurredAt, cause } = entry;
    const words = `${sayEntry(entry, catalog)} ${sayCause(cause)}`;
    steps.push({ kind: "event", words, at, occurredAt, cause });
  }
  return [...steps, { kind: "decision", words: sayDecision(known), access }];
}

function sayCatalog(known: Known): string {
  const { state, access, since } = known;
  const by = since === null ? "By today's catalog" : `By the catalog since ${sayTime(since)}`;
  if (state.planId === null) return `${by} nothing is open to whoever has no plan.`;
  const open = `${by} the plan that is open is ${planName(known, state.planId)}`;
  if (access.type === "switch") return `${open}; ${featureName(known)} can be on or off.`;
  return `${open}, with ${access.limit === null ? "no limit" : `a limit of ${access.limit}`} of ${featureName(known)}.`;
}

const standings = {
  incomplete: "waited for its first payment",
  trialing: "was in its trial",
  active: "was active",
  past_due: "was past due",
  unpaid: "was unpaid: the provider had given up",
  paused: "was paused",
  ended: "had ended",
} as const satisfies Record<SubscriptionStatus, string>;

const troubles = {
  payment_failed: "A payment had failed.",
  unknown_plan: "What it billed is no plan of the catalog.",
} as const satisfies Record<Attention, string>;

function saySubscription(subscription: Subscription | null, known: Known): string {
  if (subscription === null) return "There was no subscription.";
  const { graceEndsAt, attention } = known.state;
  const { id, planId, status, provider } = subscription;
  const plan = planId === null ? "Something else" : planName(known, planId);
  const grace = graceEndsAt === null ? "" : ` Its grace period lasted until ${sayTime(graceEndsAt)}.`;
  const trouble = attention === null ? "" : ` ${troubles[attention]}`;
  return `${plan} ${standings[status]} (${id} at ${provider}).${trouble}${grace}`;
}

const reasons = {
  signed_out: "nobody was signed in",
  not_in_plan: "the plan does not have it",
  limit_reached: "all of it was used",
  payment_failed: "a payment had failed, and the grace period was over",
  payment_incomplete: "its first payment was not finished, or its trial had ended without one",
  paused: "the subscription was paused",
  unavailable: "billing could not be asked",
} as const satisfies Record<DenialReason, string>;

function sayDecision(known: Known): string {
  const { reason, limit, upgradeTo } = known.access;
  const name = featureName(known);
  if (reason === null) return `${name} was open${limit === null ? "" : `, up to ${limit}`}.`;
  const help = upgradeTo === null ? "" : ` ${planName(known, upgradeTo)} would have it.`;
  return `${name} was closed: ${reasons[reason]}.${help}`;
}

function planName({ catalog }: Known, planId: string): string {
  return findPlan(catalog, planId)?.name ?? planId;
}

function featureName({ catalog, feature }: Known): string {
  return `"${catalog.features[feature]?.name ?? feature}"`;
}

/** As history's other sentences, in English and UTC. */
function sayTime(time: IsoTime): string {
  const format = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(new Date(time))} UTC`;
}
