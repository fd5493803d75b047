import { BillingError, isCustomerId } from "@tollgate/core";

/** Who is asking, according to your own session. */
export interface Identity {
  /** Who pays, under your own id of at most 200 characters: a user, or an organisation. */
  readonly id: string;
  /** For receipts; given to the provider. One that it refuses is left out, with a warning in the log. */
  readonly email?: string;
  readonly name?: string;
  /** `manager` may spend: open checkout and the portal. `member` may only see what the plan allows. */
  readonly role: "manager" | "member";
  /** The ids of `private` plans of the catalog that they may have. @default none */
  readonly plans?: readonly string[];
}

/** Says who a request comes from, or `null` when nobody is signed in. */
export type Identify = (request: Request) => Identity | null | Promise<Identity | null>;

/** Fails loudly when `identify` returns something that is not an identity: nobody's billing must show as another's. */
function checkIdentity(identity: Identity | null): Identity | null {
  if (identity === null) return null;
  const { id, role } = identity ?? {};
  if (typeof id === "string" && id !== "" && (role === "manager" || role === "member")) {
    if (!isPlanList(identity.plans)) {
      throw new BillingError(
        "invalid_options",
        "`identify` must give `plans` as a list of ids, or leave them out.",
      );
    }
    if (isCustomerId(id)) return identity;
    throw new BillingError(
      "invalid_customer_id",
      "A customer's id must have 1 to 200 characters, without NUL and without halves of characters.",
    );
  }
  throw new BillingError(
    "invalid_options",
    '`identify` must give null, or an object with a non-empty string `id` and a `role` of "manager" or "member".',
  );
}

function isPlanList(plans: unknown): boolean {
  return plans === undefined || (Array.isArray(plans) && plans.every((one) => typeof one === "string"));
}

/**
 * `identify` with its answer checked. A synchronous answer stays synchronous: a warm access check waits for nothing.
 */
export function createIdentify(
  identify: Identify,
): (request: Request) => Identity | null | Promise<Identity | null> {
  return (request) => {
    const given = identify(request);
    const later = typeof given === "object" && given !== null && "then" in given;
    return later ? Promise.resolve(given).then(checkIdentity) : checkIdentity(given);
  };
}
