import { type HealthCheck, isStuck } from "./health-check.js";

/** Events that failed, or that nobody deals with. */
export const checkInbox: HealthCheck = ({ store: { events }, now }) => {
  const problems: string[] = [];
  if (events.failed > 0) problems.push(`${events.failed} events failed and will be tried again.`);
  if (events.givenUp > 0) {
    problems.push(`${events.givenUp} events failed and are not tried again: billing.events.list tells why.`);
  }
  if (isStuck(events.oldestReceivedAt, now)) {
    problems.push("Events that were received are not being dealt with: do the jobs run?");
  }
  return problems;
};
