import {
  availableIn,
  type Catalog,
  type Clock,
  type CreditsAccount,
  type CreditsOf,
  type CreditsState,
  type CreditsStep,
  creditsDueAt,
  decideTopUp,
  isUnderWay,
  openCredits,
  type Store,
  type StoredCredits,
  settleDue,
  tellCredits,
  tellTopUp,
} from "@tollgate/core";
import { describeError, type Logger } from "../log/logger.js";

/** Something that is to become of a customer's credits, decided from what is stored. */
export interface CreditsCommand<R> {
  readonly holdIds?: readonly string[];
  readonly keys?: readonly string[];
  readonly grantIds?: readonly string[];
  /** Pure: it is called again when somebody else has written meanwhile. */
  readonly decide: (state: CreditsState) => CreditsStep<R>;
}

/** What the desk works with. */
interface CreditsParts {
  readonly store: Pick<Store, "readCredits" | "saveCredits" | "enqueueJobs">;
  readonly catalog: Pick<Catalog, "credits" | "products">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Where commands about credits are carried out, one account at a time. */
export interface CreditsDesk {
  /** Until when nothing has to be granted that no event tells of, by whose account it is: in milliseconds. */
  readonly freshUntil: Map<string, number>;
  /** @throws BillingError `store_unavailable` */
  run<R>(parts: CreditsParts, of: CreditsOf, command: CreditsCommand<R>): Promise<R>;
}

interface Waiting {
  readonly command: CreditsCommand<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** So that none waits for long. */
const mostAtOnce = 200;

/**
 * Of commands about one account that arrive at once, this instance writes all in one statement, so that they don't queue
 * up at the account's row; of several instances the one that comes second reads again.
 */
export function createCreditsDesk(): CreditsDesk {
  const lines = new Map<string, Waiting[]>();
  async function serve(key: string, line: Waiting[], parts: CreditsParts, of: CreditsOf): Promise<void> {
    while (line.length > 0) {
      const batch = line.splice(0, mostAtOnce);
      try {
        const results = await settle(
          parts,
          of,
          batch.map(({ command }) => command),
        );
        for (const [index, one] of batch.entries()) one.resolve(results[index]);
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    lines.delete(key);
  }
  return {
    freshUntil: new Map(),
    run: <R>(parts: CreditsParts, of: CreditsOf, command: CreditsCommand<R>) =>
      new Promise<R>((resolve, reject) => {
        const key = JSON.stringify([of.customerId, of.credit]);
        // Each is resolved with its own command's result.
        const one: Waiting = { command, resolve: (result) => resolve(result as R), reject };
        const line = lines.get(key);
        if (line !== undefined) {
          line.push(one);
          return;
        }
        const begun = [one];
        lines.set(key, begun);
        void serve(key, begun, parts, of);
      }),
  };
}

async function settle(
  { store, clock, catalog, logger }: CreditsParts,
  of: CreditsOf,
  commands: readonly CreditsCommand<unknown>[],
): Promise<readonly unknown[]> {
  const asked = {
    holdIds: commands.flatMap(({ holdIds = [] }) => holdIds),
    keys: commands.flatMap(({ keys = [] }) => keys),
    grantIds: commands.flatMap(({ grantIds = [] }) => grantIds),
  };
  for (;;) {
    const now = clock();
    const stored = await store.readCredits({ ...of, ...asked, now: now.toISOString() });
    const decided = decideAll(openCredits(stored, now), commands);
    const { results } = decided;
    const state = topUp(decided.state, of, catalog);
    if (state.account === stored.account && state.added.length === 0) return results;
    const lowAt = catalog.credits?.[of.credit]?.lowAt;
    const outcome = await store.saveCredits({ ...of, ...toSave(of, stored, state, lowAt) });
    if (outcome === "overtaken") continue;
    if (isToBePaid(decided.state.account, state.account)) await payInBackground({ store, logger }, of);
    return results;
  }
}

/** As its customer chose: what is begun is written together with what brought the balance there. */
function topUp(
  state: CreditsState,
  { credit }: CreditsOf,
  { products }: Pick<Catalog, "products">,
): CreditsState {
  const chosen = state.account.topUp?.productId;
  if (chosen === undefined) return state;
  return decideTopUp(state, credit, Object.hasOwn(products, chosen) ? products[chosen] : undefined);
}

/** Whether a top-up was begun just now, or taken up again because it was due to be looked at. */
function isToBePaid({ topUp: before }: CreditsAccount, { topUp: after }: CreditsAccount): boolean {
  return after !== before && after !== undefined && after.attempt !== null && isUnderWay(after.attempt);
}

/** What is lost here is found by the sweep, some minutes later. */
async function payInBackground(
  { store, logger }: Pick<CreditsParts, "store" | "logger">,
  of: CreditsOf,
): Promise<void> {
  try {
    await store.enqueueJobs([{ type: "top_up_credits", ...of }]);
  } catch (error) {
    logger.warn({ ...of, error: describeError(error) }, "A top-up of credits waits for the next sweep");
  }
}

function decideAll(
  opened: CreditsState,
  commands: readonly CreditsCommand<unknown>[],
): { readonly state: CreditsState; readonly results: readonly unknown[] } {
  let state = settleDue(opened);
  const results = commands.map(({ decide }) => {
    const step = decide(state);
    state = step.state;
    return step.result;
  });
  return { state, results };
}

function toSave(
  of: CreditsOf,
  { revision, account: before }: StoredCredits,
  state: CreditsState,
  lowAt?: number,
) {
  const { account, written, added } = state;
  const change = { ...of, revision, before: availableIn(before), available: availableIn(account), lowAt };
  return {
    ...{ expectedRevision: revision, account, dueAt: creditsDueAt(account, state.now) },
    ...{ holds: Object.values(written), entries: added },
    callbacks: [...tellCredits(change), ...tellTopUp({ ...of, before: before.topUp, after: account.topUp })],
  };
}
