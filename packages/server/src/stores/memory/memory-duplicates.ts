import {
  type DuplicateRecord,
  decideCompletion,
  decideDuplicates,
  packRecord,
  type StoreCommands,
  type StoreReads,
  unpackRecord,
} from "@tollgate/core";
import { toText } from "./as-text.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { MemoryState } from "./memory-state.js";
import { storedIn, subscriptionsIn } from "./memory-subscriptions.js";
import { keyOf } from "./table.js";

type Duplicates = Pick<StoreReads, "listDuplicates"> &
  Pick<StoreCommands, "recordDuplicates" | "completeDuplicate" | "withdrawDuplicate">;

export function createMemoryDuplicates(state: MemoryState): Duplicates {
  return {
    listDuplicates: async (customerId, provider, group) => listIn(state, customerId, provider, group),
    async recordDuplicates(scope, now) {
      const { customerId, group, actions } = scope;
      const known = actions.flatMap(({ provider }) => listIn(state, customerId, provider, group));
      const subscriptions = subscriptionsIn(state, customerId);
      const { fresh, open } = decideDuplicates({ ...scope, now: new Date(now), known, subscriptions });
      state.atOnce(() => {
        for (const one of fresh) saveIn(state, one);
      });
      return open;
    },
    async completeDuplicate(decision, refunded) {
      const { customerId, provider, group, subscriptionId, keptId, keptProvider = provider } = decision;
      const news = decideCompletion({
        ...{ decision, ...refunded },
        known: listIn(state, customerId, provider, group),
        subscription: storedIn(state, subscriptionId, provider)?.subscription ?? null,
        kept: storedIn(state, keptId, keptProvider)?.subscription ?? null,
      });
      if (news === null) return false;
      state.atOnce(() => {
        saveIn(state, news.record);
        addCallbacksIn(state, [news.callback]);
      });
      state.added("callbacks");
      return true;
    },
    async withdrawDuplicate({ provider, subscriptionId }) {
      const key = keyOf(provider, subscriptionId);
      const kept = state.duplicates.get(key);
      if (kept !== undefined && read(kept).state !== "done") state.duplicates.delete(key);
    },
  };
}

function saveIn(state: MemoryState, duplicate: DuplicateRecord): void {
  const { customerId, provider, group, subscriptionId } = duplicate;
  const text = toText(packRecord("duplicate", duplicate));
  const ids = { customerId, provider, group, subscriptionId };
  state.duplicates.set(keyOf(provider, subscriptionId), { text, position: state.nextPosition(), ...ids });
}

function read({ text }: { readonly text: string }): DuplicateRecord {
  return unpackRecord("duplicate", JSON.parse(text));
}

function listIn(
  { duplicates }: MemoryState,
  customerId: string,
  provider: string,
  group: string,
): readonly DuplicateRecord[] {
  const own = duplicates.all().filter((one) => {
    return one.customerId === customerId && one.provider === provider && one.group === group;
  });
  return own.sort((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)).map(read);
}
