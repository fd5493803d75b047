import type { Callback, UsageAlert } from "@tollgate/core";

/**
 * What is told of a count that went from one number to another: of what was reached the last of each kind, with the
 * number that the period holds now.
 */
export function reachedAlerts(
  alerts: readonly UsageAlert[],
  before: number,
  after: number,
): readonly Callback[] {
  const last = new Map<string, UsageAlert>();
  for (const alert of alerts) {
    if (alert.at <= before || alert.at > after) continue;
    const { of } = alert.callback.data;
    if (alert.at >= (last.get(of)?.at ?? 0)) last.set(of, alert);
  }
  return [...last.values()].map(({ callback }) => ({ ...callback, data: { ...callback.data, used: after } }));
}

/** The next count of which something is told; `null`: nothing is. */
export function nextAlert(alerts: readonly UsageAlert[] | undefined): number | null {
  return alerts === undefined || alerts.length === 0 ? null : Math.min(...alerts.map(({ at }) => at));
}
