import { IntegrationError } from "./integration-error.js";

/** @throws {IntegrationError} when the selector finds nothing. */
export function findMountTarget(target: string | HTMLElement): HTMLElement {
  const parent = typeof target === "string" ? document.querySelector<HTMLElement>(target) : target;
  if (parent instanceof HTMLElement) return parent;
  throw new IntegrationError(
    `The selector you specified (${String(target)}) applies to no DOM element on the page.`,
  );
}
