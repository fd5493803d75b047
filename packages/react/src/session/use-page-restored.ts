import { useEffect, useRef } from "react";

/**
 * Calls back when the browser shows a page as it was left, state and all, because of its back-forward
 * cache: https://developer.mozilla.org/docs/Web/API/PageTransitionEvent/persisted
 */
export function usePageRestored(onRestored: () => void): void {
  const latest = useRef(onRestored);
  useEffect(() => {
    latest.current = onRestored;
  });
  useEffect(() => {
    const onPageShow = (event: PageTransitionEvent) => {
      if (event.persisted) latest.current();
    };
    window.addEventListener("pageshow", onPageShow);
    return () => window.removeEventListener("pageshow", onPageShow);
  }, []);
}
