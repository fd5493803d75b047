import {
  decideOwnership,
  type FoundSubscription,
  firstStamp,
  type Owner,
  type Ownership,
} from "@tollgate/core";

/** From whose point of view a run looks at the provider's account. */
export interface Viewer {
  readonly owner: Owner;
  /** Asked once, and only where a stamp does not say. */
  readonly findCatalogOwner: () => Promise<string | null>;
  /** Whether what belongs to another database of this app is ours from now on. */
  readonly takeOver: boolean;
}

/** What a run passes over, and why. */
export type Foreign = Extract<Ownership, "other_app" | "other_database">;

/**
 * Why a subscription whose customer nobody is linked to is not for this run; `null`: it is. What an older version
 * left, without any name, belongs to whoever the catalog belongs to.
 */
export async function foreignTo(
  { owner, findCatalogOwner, takeOver }: Viewer,
  { customer, stamp }: Pick<FoundSubscription, "customer" | "stamp">,
): Promise<Foreign | null> {
  const ownership = decideOwnership(firstStamp(customer.stamp, stamp), owner);
  if (ownership === "other_app") return ownership;
  if (takeOver) return null;
  if (ownership !== "unclaimed") return ownership === "other_database" ? ownership : null;
  const catalogOwner = await findCatalogOwner();
  return catalogOwner === null || catalogOwner === owner.database ? null : "other_database";
}

/** Remembers the answer to a question, so that it is asked only once. */
export function askOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
