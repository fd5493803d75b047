import type { BillingProvider, Store } from "@tollgate/core";
import { refuseOption as fail } from "../context/refuse-option.js";
import { nameOf } from "./check-providers.js";
import type { Environment } from "./read-environment.js";

/** Refuses what would let somebody forge payments, and a store that would forget them. Missing credentials are refused at the first use. */
export function checkEnvironment(
  { providers, store }: { readonly providers: readonly BillingProvider[]; readonly store: Store },
  origins: { readonly appOrigin: string; readonly others: readonly string[] },
  environment: Environment,
): void {
  for (const one of providers) checkKeys(one, nameOf(one, providers), environment);
  const { production, because } = environment;
  if (!production) return;
  const [problem] = store.unfit ?? [];
  if (problem !== undefined) fail("store", `${problem}${because}`);
  if (isPlain(origins.appOrigin)) fail("appUrl", `must start with https: in production${because}`);
  if (origins.others.some(isPlain)) fail("allowedOrigins", `must start with https: in production${because}`);
}

function checkKeys(
  { mode, unfit }: BillingProvider,
  name: string,
  { production, takesTestKeys, takesLiveKeys, because }: Environment,
): void {
  if (mode === "test" && !takesTestKeys) {
    fail(name, `has a test key, by which a test card pays, and production takes live keys only${because}`);
  }
  if (mode === "live" && !takesLiveKeys) {
    fail(
      name,
      `has a live key, and development's rules let events be forged: unset TOLLGATE_ENVIRONMENT${because}`,
    );
  }
  if (!production) return;
  const [problem] = unfit;
  if (problem !== undefined) fail(name, `${problem}${because}`);
}

function isPlain(origin: string): boolean {
  return origin.startsWith("http:");
}
