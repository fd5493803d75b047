import { BillingError, type BillingProvider, type ErrorCode, type IsoTime } from "@tollgate/core";
import type { Logger } from "../log/logger.js";

/** What this instance made of the deliveries to its webhook. */
export interface WebhookHealth {
  /** Deliveries whose signature was right. */
  readonly accepted: number;
  /** Deliveries that were refused before anything was made of them. */
  readonly refused: number;
  readonly lastAcceptedAt: IsoTime | null;
  readonly lastRefusedAt: IsoTime | null;
}

/** Counts deliveries, and logs refusals: the first, and then every few minutes. */
export interface WebhookWatch {
  accepted(): void;
  /** @param error why it was not admitted; whatever is not a refusal of a delivery counts for nothing */
  refused(error: unknown): void;
  state(): WebhookHealth;
  /** What a person should look at, in words; `null`: nothing. */
  problem(): string | null;
}

/** The deliveries to each provider's webhook. */
export interface WebhookWatches {
  /** @param provider one that is configured */
  of(provider: string): WebhookWatch;
  /** All together. */
  state(): WebhookHealth;
  states(): Readonly<Record<string, WebhookHealth>>;
  problems(): readonly string[];
}

export function createWebhookWatches(watches: Readonly<Record<string, WebhookWatch>>): WebhookWatches {
  const all = Object.values(watches);
  const nameOf = (id: string) => (all.length > 1 ? ` (${id})` : "");
  return {
    of(provider) {
      const watch = watches[provider];
      if (watch === undefined) throw new Error("Only a provider that is configured has a webhook.");
      return watch;
    },
    state: () => all.map((one) => one.state()).reduce(together),
    states: () => Object.fromEntries(Object.entries(watches).map(([id, one]) => [id, one.state()])),
    problems: () =>
      Object.entries(watches).flatMap(([id, one]) => {
        const problem = one.problem();
        return problem === null ? [] : [`${problem}${nameOf(id)}`];
      }),
  };
}

function together(one: WebhookHealth, other: WebhookHealth): WebhookHealth {
  return {
    accepted: one.accepted + other.accepted,
    refused: one.refused + other.refused,
    lastAcceptedAt: later(one.lastAcceptedAt, other.lastAcceptedAt),
    lastRefusedAt: later(one.lastRefusedAt, other.lastRefusedAt),
  };
}

function later(one: IsoTime | null, other: IsoTime | null): IsoTime | null {
  return (one ?? "") > (other ?? "") ? one : other;
}

const silenceMs = 5 * 60_000;
/** Strangers may post what they like: once it has stopped, it is nobody's problem. */
const recentMs = 3_600_000;

/** @param now the machine's time, by which deliveries are signed */
export function createWebhookWatch(
  parts: {
    readonly provider: Pick<BillingProvider, "id" | "variables">;
    readonly url: string;
    readonly logger: Logger;
  },
  now: () => number = Date.now,
): WebhookWatch {
  const { provider, url, logger } = parts;
  let health: WebhookHealth = { accepted: 0, refused: 0, lastAcceptedAt: null, lastRefusedAt: null };
  let toldAt = Number.NEGATIVE_INFINITY;
  /** The refusals since the last delivery that was right, and why the last of them was refused. */
  let streak: { readonly count: number; readonly at: number; readonly cause: string } | null = null;

  return {
    accepted() {
      streak = null;
      health = { ...health, accepted: health.accepted + 1, lastAcceptedAt: iso(now()) };
    },
    refused(error) {
      const code = error instanceof BillingError ? error.code : "internal";
      const cause = causes[code]?.(provider.variables?.webhookSecret ?? "webhookSecret");
      if (cause === undefined) return;
      health = { ...health, refused: health.refused + 1, lastRefusedAt: iso(now()) };
      // Whoever sends no signature is hardly the provider: scanners post to every address.
      if (code !== "missing_signature") streak = { count: (streak?.count ?? 0) + 1, at: now(), cause };
      if (now() - toldAt < silenceMs) return;
      toldAt = now();
      const fields = { code, provider: provider.id, url, refused: health.refused, accepted: health.accepted };
      logger.warn(fields, `A webhook delivery was refused. ${cause}`);
    },
    state: () => health,
    problem() {
      if (streak === null || now() - streak.at > recentMs) return null;
      const since = health.lastAcceptedAt ?? "this instance started";
      return `${streak.count} webhook deliveries were refused, and none was right since ${since}. ${streak.cause}`;
    },
  };
}

function iso(time: number): IsoTime {
  return new Date(time).toISOString();
}

/** The likely cause of each refusal and what to do, by its code. */
const causes: Partial<Record<ErrorCode, (variable: string) => string>> = {
  invalid_signature: (variable) =>
    `The secret is not that of who sends: each endpoint, the provider's CLI and the sandbox sign with one of their own, and test and live mode differ. Set ${variable} to the sender's. If it is, something on the way changes the body.`,
  missing_signature: () =>
    "It had no signature: somebody else than the provider posts here, or a proxy drops the header.",
  stale_signature: () =>
    "It was signed more than five minutes ago, or in the future: this machine's clock is wrong, or somebody repeats old deliveries.",
  raw_body_missing: () =>
    "Its bytes were gone: something parses the body before billing does. Mount billing first.",
};
