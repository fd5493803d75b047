import { type RefObject, useEffect } from "react";

/**
 * Keeps the focus within a part when the element that had it disappears: a "Try again" that worked, a button that
 * became a sentence. Otherwise it would fall to the page's body, and whoever works with the keyboard would have to
 * start over.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const part = root.current;
    if (part === null) return;
    let last: Node | null = null;
    const listening = new AbortController();
    const listen = (type: "focusin" | "focusout", onFocus: (target: Node) => void) =>
      part.addEventListener(type, ({ target }) => onFocus(target as Node), { signal: listening.signal });
    listen("focusin", (target) => {
      last = target;
    });
    // Whoever goes elsewhere has left. An element that is removed fires the same event, and is gone a moment later.
    listen("focusout", (target) =>
      queueMicrotask(() => {
        if (last === target && target.isConnected) last = null;
      }),
    );
    const observer = new MutationObserver(() => {
      if (last?.isConnected !== false) return;
      last = null;
      if (activeIn(part) === null) focusOn(part);
    });
    observer.observe(part, { childList: true, subtree: true });
    return () => {
      listening.abort();
      observer.disconnect();
    };
  }, [root]);
}

/** What has the focus; `null` when it fell to the body. A shadow root knows only what is in it. */
function activeIn(part: HTMLElement): Element | null {
  const { activeElement } = part.getRootNode() as Document | ShadowRoot;
  return activeElement === part.ownerDocument.body ? null : activeElement;
}

/** The part itself, or what comes first in it: an open gate has no box, and so takes no focus. */
function focusOn(part: HTMLElement): void {
  if ([part, ...part.querySelectorAll<HTMLElement>("*")].some(takesFocus)) return;
  // Bare text in a part without a box: an inline one moves nothing.
  part.style.display = "inline";
  onceLeft(part, () => part.style.removeProperty("display"));
  takesFocus(part);
}

function takesFocus(element: HTMLElement): boolean {
  const isBorrowed = element.tabIndex < 0 && !element.hasAttribute("tabindex");
  if (isBorrowed) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  const isTaken = activeIn(element) === element;
  const giveBack = () => element.removeAttribute("tabindex");
  if (isBorrowed) isTaken ? onceLeft(element, giveBack) : giveBack();
  return isTaken;
}

function onceLeft(element: HTMLElement, giveBack: () => void): void {
  element.addEventListener("blur", giveBack, { once: true });
}
