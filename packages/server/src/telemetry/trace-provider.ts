import type { BillingProvider } from "@tollgate/core";
import type { Telemetry } from "./telemetry.js";

/** What asks nobody. Verifying an event is part of the webhook's own span. */
const withoutNetwork: ReadonlySet<string> = new Set([
  "events.verifyHeaders",
  "events.receive",
  "events.isAbout",
  "contentSecurity",
  "sharesAccountWith",
]);

/** The same provider, each of whose calls over the network is a span: `tollgate.provider.checkout.open`. */
export function traceProvider(provider: BillingProvider, telemetry: Telemetry): BillingProvider {
  const attributes = { "tollgate.provider": provider.id };
  return traced(provider, "", (name, call) =>
    telemetry.trace(`tollgate.provider.${name}`, attributes, async () => call()),
  );
}

/** What is in an object or in one that it holds, methods wrapped. */
function traced<T extends object>(
  target: T,
  path: string,
  trace: (name: string, call: () => unknown) => unknown,
): T {
  const entries = Object.entries(target).map(([key, member]: [string, unknown]) => {
    const name = `${path}${key}`;
    if (typeof member === "function" && !withoutNetwork.has(name)) {
      return [key, (...input: unknown[]) => trace(name, () => Reflect.apply(member, target, input))];
    }
    return [key, isGroup(member) ? traced(member, `${name}.`, trace) : member];
  });
  return Object.fromEntries(entries) as T;
}

function isGroup(member: unknown): member is object {
  return typeof member === "object" && member !== null && Object.getPrototypeOf(member) === Object.prototype;
}
