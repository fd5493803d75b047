import type { Change } from "./change.js";
import { changesToBasil } from "./changes-to-basil.js";
import { changesToEndive } from "./changes-to-endive.js";

/**
 * Stripe's changes that people's code meets, the oldest first: requests go through them in this order, and answers
 * come back in the other.
 */
export const changes: readonly Change[] = [...changesToBasil, ...changesToEndive];
