import { find } from "./find.js";
import type { Resumption } from "./resumption.js";
import { setPeriod } from "./subscription-period.js";
import type { Subscription } from "./wire.js";

/** Lets a paused subscription go on as planned; says nothing of it yet. */
export const writeResumption = (draft: Subscription, resumption: Resumption): void => {
  delete draft.status_details;
  draft.status = "active";
  draft.billing_cycle_anchor = resumption.anchor;
  for (const item of draft.items.data) {
    const period = find(resumption.periods, item.id);
    if (period) setPeriod(item, period);
  }
};
