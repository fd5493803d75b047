import type { CreditsContext } from "./credits-context.js";

const atOnce = 100;

/** Frees what was held for too long, and books what has expired. */
export async function settleCredits(context: CreditsContext, signal: AbortSignal): Promise<void> {
  const { store, creditsDesk } = context;
  for (;;) {
    const due = await store.listDueCredits({ now: context.clock().toISOString(), limit: atOnce });
    for (const of of due) {
      if (signal.aborted) return;
      await creditsDesk.run(context, of, { decide: (state) => ({ state, result: null }) });
    }
    if (due.length < atOnce) return;
  }
}
