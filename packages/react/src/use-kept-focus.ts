import { type RefObject, useEffect } from "react";

/**
 * Keeps the focus within a part when what had it disappears: a "Try again" that worked, a button that became a
 * sentence. It would fall to the page's body otherwise, and who works with the keyboard would start over.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const part = root.current;
    if (part === null) return;
    let last: Node | null = null;
    const onFocusIn = ({ target }: FocusEvent) => {
      last = target as Node;
    };
    // Who goes elsewhere has left. An element that is taken away says the same, and is gone a moment later.
    const onFocusOut = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if (last !== null && last === target && last.isConnected && activeIn(part) !== last) last = null;
      });
    const observer = new MutationObserver(() => {
      if (last === null || last.isConnected) return;
      last = null;
      if (activeIn(part) === null) focusOn(part);
    });
    part.addEventListener("focusin", onFocusIn);
    part.addEventListener("focusout", onFocusOut);
    observer.observe(part, { childList: true, subtree: true });
    return () => {
      part.removeEventListener("focusin", onFocusIn);
      part.removeEventListener("focusout", onFocusOut);
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
  const controls = part.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [tabindex]");
  for (const one of [part, ...controls, ...part.querySelectorAll<HTMLElement>("*")]) {
    if (takesFocus(one)) return;
  }
  // Bare text in a part without a box: an inline one moves nothing.
  part.style.display = "inline";
  part.addEventListener("blur", () => part.style.removeProperty("display"), { once: true });
  takesFocus(part);
}

function takesFocus(element: HTMLElement): boolean {
  const isBorrowed = element.tabIndex < 0 && !element.hasAttribute("tabindex");
  if (isBorrowed) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  const isTaken = activeIn(element) === element;
  const giveBack = () => element.removeAttribute("tabindex");
  if (isBorrowed && isTaken) element.addEventListener("blur", giveBack, { once: true });
  if (isBorrowed && !isTaken) giveBack();
  return isTaken;
}
