/**
 * Watches what moves on its own, as browsers count it, in a page's frames.
 * https://web.dev/articles/cls
 */
export function watchShifts(): () => Promise<number> {
  let sum = 0;
  const take = (entries: PerformanceEntryList) => {
    for (const entry of entries) sum += (entry as PerformanceEntry & { readonly value: number }).value;
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: "layout-shift" });
  return async () => {
    await nextFrames();
    take(observer.takeRecords());
    observer.disconnect();
    return sum;
  };
}

/** Until what was drawn has been counted. */
export async function nextFrames(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
