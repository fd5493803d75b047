import { useEffect } from "react";

/**
 * Calls back when the browser shows a page as it was left, state and all, because of its back-forward
 * cache: https://developer.mozilla.org/docs/Web/API/PageTransitionEvent/persisted
 */
export function usePageRestored(onRestored: () => void): void {
  useEffect(() => {
    const onPageShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) onRestored();
    };
    window.addEventListener("pageshow", onPageShow);
    return () => window.removeEventListener("pageshow", onPageShow);
  }, [onRestored]);
}
