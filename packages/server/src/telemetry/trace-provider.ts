import type { BillingProvider } from "@tollgate/core";
import type { Telemetry } from "./telemetry.js";

/** The same provider, each of whose calls over the network is a span: `tollgate.provider.createCheckout`. */
export function traceProvider(provider: BillingProvider, telemetry: Telemetry): BillingProvider {
  const traced = Object.entries(provider).map(([name, member]) => [
    name,
    // Verifying an event is no call over the network; the webhook's own span has it.
    typeof member === "function" && name !== "receiveEvent" && name !== "contentSecurity"
      ? (...call: unknown[]) =>
          telemetry.trace(`tollgate.provider.${name}`, { "tollgate.provider": provider.id }, () =>
            Promise.resolve(Reflect.apply(member, provider, call)),
          )
      : member,
  ]);
  return Object.fromEntries(traced) as unknown as BillingProvider;
}
