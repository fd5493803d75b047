import { recordChange, type StoreCommands } from "@tollgate/core";
import { moveCreditsIn } from "./memory-credits.js";
import { moveHistoryIn } from "./memory-history.js";
import { addJobsIn } from "./memory-jobs.js";
import { moveMembersIn } from "./memory-members.js";
import { moveMigratingIn } from "./memory-price-migrations.js";
import { moveSeatsIn } from "./memory-seats.js";
import type { MemoryState } from "./memory-state.js";
import { saveIn, storedIn, subscriptionsIn } from "./memory-subscriptions.js";
import { moveCapsIn } from "./memory-usage-caps.js";
import { moveReportsIn } from "./memory-usage-reports.js";
import { keyOf } from "./table.js";

export function createMemoryMoves(state: MemoryState): Pick<StoreCommands, "moveSubscription"> {
  return {
    async moveSubscription({ subscriptionId, from, to, at }, decide) {
      const facts = { ofFrom: subscriptionsIn(state, from), ofTo: subscriptionsIn(state, to) };
      const moved = decide(facts);
      const meant = moved?.find(({ id }) => id === subscriptionId);
      if (moved === null || meant === undefined) return "unchanged";
      const { provider: billedBy, providerCustomerId } = meant;
      state.atOnce(() => {
        moveLinkIn(state, billedBy, providerCustomerId, to);
        addJobsIn(state, [{ type: "name_customer", provider: billedBy, providerCustomerId }]);
        moveUsageIn(state, from, to);
        moveMembersIn(state, from, to);
        moveCapsIn(state, from, to);
        moveReportsIn(state, from, to);
        moveCreditsIn(state, moved, { from, to, at });
        moveMigratingIn(state, moved, { from, to });
        moveSeatsIn(state, from, to);
        for (const { id, provider } of moved) {
          const stored = storedIn(state, id, provider);
          if (stored === null) continue;
          const { subscription: before, revision: expectedRevision } = stored;
          const subscription = { ...before, customerId: to };
          moveHistoryIn(state, before, to);
          const history = recordChange({ before, after: subscription, cause: { kind: "move" }, at });
          saveIn(state, { subscription, expectedRevision, history });
        }
      });
      state.changed([from, to]);
      state.added("jobs");
      return "moved";
    },
  };
}

function moveLinkIn(
  { customers }: MemoryState,
  provider: string,
  providerCustomerId: string,
  to: string,
): void {
  for (const link of customers.all()) {
    const key = keyOf(link.provider, link.providerCustomerId);
    const isMeant = link.provider === provider && link.providerCustomerId === providerCustomerId;
    if (isMeant) customers.set(key, { ...link, customerId: to, current: true, profile: null });
    else if (link.provider === provider && link.customerId === to)
      customers.set(key, { ...link, current: false });
  }
}

function moveUsageIn({ usage }: MemoryState, from: string, to: string): void {
  for (const row of usage.all().filter(({ customerId }) => customerId === from)) {
    usage.delete(keyOf(from, row.feature, row.startsAt));
    const key = keyOf(to, row.feature, row.startsAt);
    usage.set(key, { ...row, customerId: to, used: row.used + (usage.get(key)?.used ?? 0) });
  }
}
