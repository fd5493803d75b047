/**
 * What a database would keep of a value: nothing that is shared with whoever wrote it. Refuses what databases refuse, so
 * that a test finds it: NUL, and half a character.
 */
export function toText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "string") refuseOddText(part);
    return part;
  });
}

export function refuseOddText(text: string | null): void {
  if (text === null || (!text.includes("\0") && !/\p{Surrogate}/u.test(text))) return;
  throw new Error("A database keeps no text with NUL or with half a character in it.");
}
