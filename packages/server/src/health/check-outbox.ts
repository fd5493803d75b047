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
  return problems;
};
