import { type HealthCheck, isStuck } from "./health-check.js";

/** Callbacks that wait for too long, or failed for good. */
export const checkOutbox: HealthCheck = ({ store: { callbacks }, now }) => {
  const problems: string[] = [];
  if (isStuck(callbacks.oldestWaitingAt, now)) {
    problems.push("Callbacks have waited for long: do the jobs run?");
  }
  if (callbacks.dead > 0) {
    problems.push(`${callbacks.dead} callbacks failed at every attempt: replay them.`);
  }
  for (const { type, heardAt } of callbacks.unheard) {
    if (heardAt !== null && isLongAgo(heardAt)) {
      problems.push(
        `Callbacks for ${type} are only kept, for three days: no instance has had a function for it since ${heardAt}.`,
      );
    }
  }
  return problems;
};

/**
 * A type that no instance ever ran is none that the app wants; one that an instance did run may be missing. In
 * `manual` mode instances run but now and then. By the machine's clock, as the database tells it.
 */
function isLongAgo(heardAt: string): boolean {
  return Date.now() - Date.parse(heardAt) > 3_600_000;
}
