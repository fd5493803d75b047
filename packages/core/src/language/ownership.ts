/** The name of an app that was not given one: `createBilling({ app })`. */
export const defaultApp = "default";

/** Who we are in a provider's account: which app, on which database. */
export interface Owner {
  readonly app: string;
  /** The installation id of its database, which moves with a dump. */
  readonly database: string;
}

/** What a thing at the provider says about whose it is. Each is `null` where it says nothing. */
export interface OwnerStamp {
  /** The app's own id of the customer. */
  readonly customerId: string | null;
  /** `null` stands for the default app, also in what versions from before apps had names left. */
  readonly app: string | null;
  readonly database: string | null;
}

/** Whose a thing at the provider is, seen from an owner. */
export type Ownership =
  | "ours"
  /** Ours by its name, but of no database yet: left by a version that didn't stamp it. */
  | "unclaimed"
  /** It has nothing of Tollgate's on it: it was made by hand, or by another program. */
  | "unmarked"
  /** Another app's. Never touched. */
  | "other_app"
  /** Of an app of this name, on another database. Never touched, unless told to take it over. */
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
