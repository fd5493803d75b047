import type { BillingProvider, Catalog, CatalogChange } from "@tollgate/core";
import { describeError, type Logger } from "../log/logger.js";

/** Knows whether the prices that somebody made at the providers, and the intros, still are what the catalog shows. */
export interface MappingWatch {
  /** What the last look found, in words and without waiting: when that is old, another look begins in the background. */
  readonly recall: () => readonly string[];
  /** Looks now. Never throws: nothing that matters more waits for it. */
  readonly look: () => Promise<void>;
}

/** How long a finding is taken to hold, in milliseconds. */
const freshMs = 3_600_000;

export function createMappingWatch(input: {
  readonly providers: readonly { readonly id: string; readonly catalog: BillingProvider["catalog"] }[];
  readonly catalog: Catalog;
  readonly logger: Logger;
}): MappingWatch {
  const { catalog, logger } = input;
  // What is mapped whole is compared by every start of the app, which pushes its plans.
  const watched = input.providers.flatMap(({ id, catalog: at }) =>
    at.kind === "pushed" && at.compareMapped ? [{ id, compare: at.compareMapped }] : [],
  );
  let problems: readonly string[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<void> {
    lookedAt = performance.now();
    try {
      const found = await Promise.all(
        watched.map(async ({ id, compare }) => (await compare(catalog)).flatMap((one) => describe(id, one))),
      );
      problems = found.flat();
    } catch (error) {
      logger.warn({ error: describeError(error) }, "The prices that are mapped could not be checked");
    }
  }

  return {
    look,
    recall() {
      if (watched.length > 0 && performance.now() - lookedAt > freshMs) void look();
      return problems;
    },
  };
}

function describe(provider: string, change: CatalogChange): readonly string[] {
  if (change.action !== "missing" && change.action !== "differs") return [];
  const { kind, catalogId, interval, currency, detail } = change;
  const which = [catalogId, interval, currency].filter((part) => part !== null).join(" ");
  if (kind === "coupon") {
    return [`The intro of ${which} at ${provider} can't be sold: ${detail}. Run billing.pushPlans().`];
  }
  return [`What is mapped for ${which} at ${provider} can't be sold: ${detail}.`];
}
