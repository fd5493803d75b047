/**
 * Waits for work, but no longer than it may take.
 *
 * @returns `"abandoned"` when `unless` was aborted first
 * @throws what the work throws, or an Error when the time is up; the work itself can't be ended
 */
export async function withinSeconds(
  work: Promise<void>,
  limit: { readonly seconds: number; readonly what: string; readonly unless: AbortSignal },
): Promise<"succeeded" | "abandoned"> {
  const { seconds, what, unless } = limit;
  let timer: NodeJS.Timeout | undefined;
  let abandon: (() => void) | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${seconds} s.`)), seconds * 1000);
  });
  const abandoned = new Promise<"abandoned">((resolve) => {
    abandon = () => resolve("abandoned");
    unless.addEventListener("abort", abandon);
    if (unless.aborted) abandon();
  });
  try {
    return await Promise.race([work.then(() => "succeeded" as const), timeout, abandoned]);
  } finally {
    clearTimeout(timer);
    if (abandon !== undefined) unless.removeEventListener("abort", abandon);
  }
}
