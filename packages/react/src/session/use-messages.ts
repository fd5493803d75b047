import { useBilling } from "./billing-context.js";

/**
 * The words of one component: the app's own over the English ones. The component brings the latter itself, so that a
 * page loads no words for components that it does not show.
 *
 * @param english Those that this page needs, of all that an app may give.
 */
export function useMessages<English extends object, All extends object = English>(
  component: string,
  english: English,
): English & Partial<All> {
  const own: Partial<All> | undefined = useBilling().messages?.[component];
  return { ...english, ...own };
}
