/** An id that no other test uses: the suite's tests share one database. */
export function unique(prefix: string): string {
  return `${prefix}_${crypto.randomUUID()}`;
}
