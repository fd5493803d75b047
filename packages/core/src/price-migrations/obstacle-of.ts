import type { MigrationObstacle } from "../language/price-migration.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";

/** What keeps a subscription from being moved at its next renewal, as far as the store knows; `null`: nothing. */
export function obstacleOf(subscription: Subscription, item: SubscriptionItem): MigrationObstacle | null {
  const { cancelAt, pause, pendingChange, status, group } = subscription;
  if (status === "incomplete") return "incomplete";
  if (status === "past_due" || status === "unpaid") return "past_due";
  if (status === "paused" || pause !== null) return "paused";
  if (cancelAt !== null) return "ending";
  return pendingChange !== null && group === item.group ? "waiting_change" : null;
}
