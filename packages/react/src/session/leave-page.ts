import { CodedError } from "@tollgate/core";

/** Goes to `url` instead of the page; may be asynchronous. */
export type Navigate = (url: string) => void | Promise<void>;

/**
 * Goes to a page of the provider. `leaving`: the browser has been sent there, so the page stays as it is until it is
 * gone. `stayed`: the app's own `onNavigate` did something else, such as opening a new tab.
 *
 * @throws BillingError `internal` when the address is not a web page: a script must never run from here.
 */
export async function leavePage(
  url: string,
  onNavigate: Navigate | undefined,
): Promise<"leaving" | "stayed"> {
  const { protocol, href } = new URL(url, window.location.href);
  if (protocol !== "https:" && protocol !== "http:") {
    throw new CodedError("internal", 500, "The billing page has no web address.");
  }
  if (onNavigate !== undefined) {
    await onNavigate(href);
    return "stayed";
  }
  window.location.assign(href);
  return "leaving";
}

/** Where to come back to if the app does not say: here, without what an earlier checkout left behind. */
export function currentPath(): string {
  const url = new URL(window.location.href);
  url.searchParams.delete("checkout");
  return `${url.pathname}${url.search}`;
}
