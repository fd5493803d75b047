/** Stripe returns a related object as its id, or whole when it was expanded. */
export function idOf(related: string | { readonly id: string }): string {
  return typeof related === "string" ? related : related.id;
}

export function idOrNull(related: string | { readonly id: string } | null | undefined): string | null {
  return related === null || related === undefined ? null : idOf(related);
}
