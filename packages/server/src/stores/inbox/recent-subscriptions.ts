import type { EventInbox, Settlement, StoredSubscription } from "@tollgate/core";
import { LRUCache } from "lru-cache";

/** About 2 kB each. Events about one subscription come in bursts, so a few are enough. */
const most = 5000;

/** Remembers the subscriptions that this instance last saved, so that the next event of each needs no read. */
export interface RecentSubscriptions {
  readonly recall: EventInbox["recallSubscription"];
  /** @param revision of what was saved; `null`: nothing was saved */
  saved(settlement: Settlement, revision: string | null): void;
  forget(settlement: Settlement): void;
}

export function createRecentSubscriptions(): RecentSubscriptions {
  const recent = new LRUCache<string, StoredSubscription>({ max: most });
  return {
    recall: (id, provider) => recent.get(keyOf(id, provider)) ?? null,
    saved({ save }, revision) {
      if (save === null || revision === null) return;
      const { subscription } = save;
      recent.set(keyOf(subscription.id, subscription.provider), { subscription, revision });
    },
    forget({ save }) {
      if (save !== null) recent.delete(keyOf(save.subscription.id, save.subscription.provider));
    },
  };
}

function keyOf(id: string, provider: string): string {
  return `${provider} ${id}`;
}
