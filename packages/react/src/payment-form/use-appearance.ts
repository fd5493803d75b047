import type { Appearance } from "@stripe/stripe-js";
import { type RefObject, useEffect, useState } from "react";
import { readAppearance } from "./read-appearance.js";

/**
 * The look of the card form: follows the page's theme, however the page says it, and the system where the page
 * does; `null` until first read.
 */
export function useAppearance(root: RefObject<HTMLElement | null>): Appearance | null {
  const [appearance, setAppearance] = useState<Appearance | null>(null);
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const read = () => {
      const next = readAppearance(element);
      setAppearance((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    read();
    const observer = new MutationObserver(read);
    // Pages name their theme in attributes of their own (`data-bs-theme`), or swap what is in their `<head>`.
    for (let node: Element | null = element; node !== null; node = node.parentElement) {
      observer.observe(node, { attributes: true });
    }
    const { head } = element.ownerDocument;
    observer.observe(head, { attributes: true, childList: true, characterData: true, subtree: true });
    head.addEventListener("load", read, true);
    const queries = ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"].map((query) =>
      matchMedia(query),
    );
    for (const query of queries) query.addEventListener("change", read);
    return () => {
      observer.disconnect();
      head.removeEventListener("load", read, true);
      for (const query of queries) query.removeEventListener("change", read);
    };
  }, [root]);
  return appearance;
}
