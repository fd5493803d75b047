/** The id of a related object of unknown shape, given by itself or as a whole object. */
export function readId(related: unknown): string | null {
  if (typeof related === "string") return related;
  if (typeof related !== "object" || related === null || !("id" in related)) return null;
  return typeof related.id === "string" ? related.id : null;
}
