/** Moving between the form's own fields is neither focus nor blur of the element. */
export function watchFocus(
  host: HTMLElement,
  root: ShadowRoot,
  emit: (type: "focus" | "blur" | "escape") => void,
): void {
  root.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Escape") emit("escape");
  });
  host.addEventListener("focusin", (event) => {
    if (!isInside(root, event.relatedTarget)) emit("focus");
  });
  host.addEventListener("focusout", (event) => {
    if (!isInside(root, event.relatedTarget)) emit("blur");
  });
}

function isInside(root: ShadowRoot, target: EventTarget | null): boolean {
  return target instanceof Node && (root.contains(target) || target === root.host);
}
