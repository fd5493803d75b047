import { useEffect } from "react";
import type { BillingSession } from "./create-session.js";
import { usePageRestored } from "./use-page-restored.js";

/** Milliseconds after which a returning person's access is read again. */
const staleAfter = 30_000;

/**
 * Reads access again when the person comes back to the page: through the browser's back button from
 * checkout or the portal, or from another tab in which they may have paid.
 */
export function useRevalidation(session: BillingSession): void {
  usePageRestored(() => void refreshIfKnown(session));
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState !== "visible") return;
      if (Date.now() - session.access.loadedAt() >= staleAfter) void refreshIfKnown(session);
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [session]);
}

/** What nobody has asked for yet is not fetched behind everybody's back. */
function refreshIfKnown({ access }: BillingSession): Promise<void> | undefined {
  return access.loadedAt() === 0 ? undefined : access.refresh();
}
