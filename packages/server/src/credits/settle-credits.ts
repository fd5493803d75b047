import type { CreditsContext } from "./credits-context.js";
import { grantDueCredits } from "./due-credits.js";

const atOnce = 100;

/** Frees what was held for too long, books what has expired, and grants what a month brings that nobody tells of. */
export async function settleCredits(context: CreditsContext, signal: AbortSignal): Promise<void> {
  const { store, creditsDesk } = context;
  for (;;) {
    const due = await store.listDueCredits({ now: context.clock().toISOString(), limit: atOnce });
    for (const of of due) {
      if (signal.aborted) return;
      await creditsDesk.run(context, of, { decide: (state) => ({ state, result: null }) });
      await grantDueCredits(context, of);
    }
    if (due.length < atOnce) return;
  }
}
