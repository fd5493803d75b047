/** The name of an app that was given none: `createBilling({ app })`. */
export const defaultApp = "default";

/** Who we are in a provider's account: which app, over which database. */
export interface Owner {
  readonly app: string;
  /** The installation id of its database, which moves with a dump. */
  readonly database: string;
}

/** What a thing at the provider says of whose it is. Each is `null` where it says nothing. */
export interface OwnerStamp {
  /** The app's own id of the customer. */
  readonly customerId: string | null;
  /** `null` is the default app's way to say its name, and that of versions from before apps had names. */
  readonly app: string | null;
  readonly database: string | null;
}

/** Whose a thing at the provider is, seen from an owner. */
export type Ownership =
  | "ours"
  /** Ours by its name, and of no database yet: left by a version that stamped nothing. */
  | "unclaimed"
  /** Nothing of Tollgate's is on it: it was made by hand, or by another program. */
  | "unmarked"
  /** Another app's. Never touched. */
  | "other_app"
  /** Of an app of this name, over another database. Never touched, unless told to take it over. */
  | "other_database";

/**
 * Whose a thing at the provider is.
 *
 * @example
 * const owner = { app: "default", database: "7f0c" };
 * decideOwnership({ customerId: "org_1", app: "shop", database: "7f0c" }, owner); // "other_app"
 */
export function decideOwnership(stamp: OwnerStamp | null | undefined, owner: Owner): Ownership {
  if (isUnmarked(stamp)) return "unmarked";
  if ((stamp.app ?? defaultApp) !== owner.app) return "other_app";
  if (stamp.database === null) return "unclaimed";
  return stamp.database === owner.database ? "ours" : "other_database";
}

/**
 * The first of several stamps that says anything: what is on a customer counts before what is on their
 * subscription.
 *
 * @example
 * const customer = { customerId: null, app: null, database: null };
 * const subscription = { customerId: "org_1", app: null, database: "7f0c" };
 * firstStamp(customer, subscription)?.database; // "7f0c"
 */
export function firstStamp(...stamps: readonly (OwnerStamp | null | undefined)[]): OwnerStamp | null {
  return stamps.find((stamp) => !isUnmarked(stamp)) ?? null;
}

function isUnmarked(stamp: OwnerStamp | null | undefined): stamp is null | undefined {
  return !stamp || (stamp.customerId === null && stamp.app === null && stamp.database === null);
}
