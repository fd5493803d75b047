import { useBilling } from "./billing-context.js";
import type { AllMessages } from "./messages.js";

/**
 * The words of one component: the app's own over the English ones. The component brings the latter itself,
 * so that a page loads no words of components that it does not show.
 */
export function useMessages<K extends keyof AllMessages, E extends Partial<AllMessages[K]>>(
  component: K,
  english: E,
): E & Partial<AllMessages[K]> {
  const own: Partial<AllMessages[K]> | undefined = useBilling().messages?.[component];
  return { ...english, ...own };
}
