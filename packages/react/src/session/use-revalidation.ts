import { useCallback, useEffect } from "react";
import type { BillingSession } from "./create-session.js";
import { usePageRestored } from "./use-page-restored.js";

/** Milliseconds after which a returning person's access is read again. */
const staleAfter = 30_000;

/**
 * Reads access again when the person comes back to the page: through the browser's back button from
 * checkout or the portal, or from another tab in which they may have paid.
 */
export function useRevalidation({ access }: BillingSession): void {
  // What nobody has asked for yet is not fetched unasked.
  const refresh = useCallback(() => {
    if (access.loadedAt() !== 0) void access.refresh();
  }, [access]);
  usePageRestored(refresh);
  useEffect(() => {
    const onVisible = () => {
      const isStale = Date.now() - access.loadedAt() >= staleAfter;
      if (document.visibilityState === "visible" && isStale) refresh();
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [access, refresh]);
}
