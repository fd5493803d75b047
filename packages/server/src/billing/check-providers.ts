import type { BillingProvider } from "@tollgate/core";
import { refuseOption as fail } from "../context/refuse-option.js";

/** The one that sells, and the others. */
export type ProviderList = readonly [selling: BillingProvider, ...others: BillingProvider[]];

/**
 * One provider, or a list of them, as a list.
 *
 * @throws BillingError `invalid_options` where two can't be told apart, or open the same account
 */
export function checkProviders(given: unknown): ProviderList {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const [selling, ...others] = list.map(checkProvider);
  if (selling === undefined) return fail("provider", "is an empty list: the first provider of it sells");
  const all = [selling, ...others] as const;
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(0, index)) checkApart(one, other);
  }
  return all;
}

function checkProvider(given: unknown): BillingProvider {
  if (typeof given !== "object" || given === null) return fail("provider", "is missing");
  const provider = given as BillingProvider;
  // It is a step of the webhook's path, and in every record.
  if (typeof provider.id === "string" && /^[\w-]{1,64}$/.test(provider.id)) return provider;
  return fail("provider", "must have an `id` of 1 to 64 letters, digits, - and _");
}

function checkApart(one: BillingProvider, other: BillingProvider): void {
  if (one.id === other.id) {
    fail(
      "provider",
      `has two with the id "${one.id}": give one of them another, such as stripe({ id: "${one.id}-2" }). The one ` +
        "that has records already keeps its own",
    );
  }
  if (one.sharesAccountWith?.(other)) {
    fail("provider", `has the same key for "${other.id}" and "${one.id}": each account is in the list once`);
  }
}

/** How messages name one of them: "provider", or with its id where there are several. */
export function nameOf({ id }: BillingProvider, all: readonly BillingProvider[]): string {
  return all.length === 1 ? "provider" : `provider ${id}`;
}
