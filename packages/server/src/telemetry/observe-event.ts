import type { BillingEvent, Clock } from "@tollgate/core";
import type { Telemetry } from "./telemetry.js";

/** Reports what became of an event, and how late it was by the provider's own time. */
export function observeEvent<State extends string>(
  { telemetry, clock }: { readonly telemetry: Telemetry; readonly clock: Clock },
  { provider, type, occurredAt }: BillingEvent,
  work: () => Promise<State>,
): Promise<State> {
  const attributes = { "tollgate.provider": provider, "tollgate.event.type": type };
  return telemetry.trace("tollgate.webhook", attributes, async (span) => {
    let state: State | "failed" = "failed";
    try {
      state = await work();
      return state;
    } finally {
      const outcome = { ...attributes, "tollgate.event.state": state };
      span.set(outcome);
      telemetry.measure("tollgate.webhook.events", 1, outcome);
      const lagSeconds = (clock().getTime() - Date.parse(occurredAt)) / 1000;
      telemetry.measure("tollgate.webhook.lag", Math.max(0, lagSeconds), outcome);
    }
  });
}
