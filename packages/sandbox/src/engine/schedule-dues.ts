import type { Due } from "./due.js";
import type { SubscriptionSchedule } from "./wire.js";
import type { World } from "./world.js";

/** What lies ahead of a schedule: its phases. They take the turn `change`, before the renewal they shape. */
export const scheduleDues = (_world: World, _schedule: SubscriptionSchedule): Due[] => [];
