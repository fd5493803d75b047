import type { BillingProvider } from "@tollgate/core";
import type { Telemetry } from "./telemetry.js";

/** What asks nobody. Verifying an event is part of the webhook's own span. */
const withoutNetwork: ReadonlySet<string> = new Set<keyof BillingProvider>([
  "verifyHeaders",
  "receiveEvents",
  "contentSecurity",
  "sharesAccountWith",
]);

/** The same provider, each of whose calls over the network is a span: `tollgate.provider.createCheckout`. */
export function traceProvider(provider: BillingProvider, telemetry: Telemetry): BillingProvider {
  const traced = Object.entries(provider).map(([name, member]) => [
    name,
    typeof member === "function" && !withoutNetwork.has(name)
      ? (...call: unknown[]) =>
          telemetry.trace(`tollgate.provider.${name}`, { "tollgate.provider": provider.id }, () =>
            Promise.resolve(Reflect.apply(member, provider, call)),
          )
      : member,
  ]);
  return Object.fromEntries(traced) as unknown as BillingProvider;
}
