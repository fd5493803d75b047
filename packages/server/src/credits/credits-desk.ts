import {
  availableIn,
  type Catalog,
  type Clock,
  type CreditsOf,
  type CreditsState,
  type CreditsStep,
  creditsDueAt,
  openCredits,
  type Store,
  type StoredCredits,
  settleDue,
  tellCredits,
} from "@tollgate/core";

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
  readonly store: Pick<Store, "readCredits" | "saveCredits">;
  readonly catalog: Pick<Catalog, "credits">;
  readonly clock: Clock;
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
  { store, clock, catalog }: CreditsParts,
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
    const { state, results } = decideAll(openCredits(stored, now), commands);
    if (state.account === stored.account && state.added.length === 0) return results;
    const lowAt = catalog.credits?.[of.credit]?.lowAt;
    const outcome = await store.saveCredits({ ...of, ...toSave(of, stored, state, lowAt) });
    if (outcome === "saved") return results;
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
    ...{ expectedRevision: revision, account, dueAt: creditsDueAt(account) },
    ...{ holds: Object.values(written), entries: added, callbacks: tellCredits(change) },
  };
}
