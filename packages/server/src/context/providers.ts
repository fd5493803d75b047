import { BillingError, type BillingProvider } from "@tollgate/core";

/** Everyone who takes money for the app. */
export interface Providers {
  /** Opens the checkouts. */
  readonly selling: BillingProvider;
  /** The one that sells first. */
  readonly all: readonly BillingProvider[];
  readonly ids: readonly string[];
  /** `null`: it is not configured here, or not any more. */
  find(id: string): BillingProvider | null;
}

/** @param others are heard, managed and compared, and sell nothing */
export function createProviders(
  selling: BillingProvider,
  others: readonly BillingProvider[] = [],
): Providers {
  const all = [selling, ...others];
  const byId = new Map(all.map((one) => [one.id, one]));
  return { selling, all, ids: [...byId.keys()], find: (id) => byId.get(id) ?? null };
}

/** Works with one of the providers at a time. */
interface AtProvider {
  readonly provider: BillingProvider;
  readonly providers: Providers;
}

/**
 * The same context with the provider that a record is of: only that one knows the record's ids.
 *
 * @throws BillingError `provider_not_configured`
 */
export function atProvider<C extends AtProvider>(context: C, id: string): C {
  if (context.provider.id === id) return context;
  const provider = context.providers.find(id);
  if (provider !== null) return { ...context, provider };
  throw new BillingError(
    "provider_not_configured",
    `This is billed by the provider "${id}", which is not configured. Give it to createBilling({ provider: [ … ] }) ` +
      "after the one that sells, for as long as anything of it is left.",
    { details: { provider: id }, publicMessage: "This can't be managed here at the moment." },
  );
}

/** The same context with each of the providers, the one that sells first. */
export function atEachProvider<C extends AtProvider>(context: C): readonly C[] {
  return context.providers.all.map((one) => atProvider(context, one.id));
}
