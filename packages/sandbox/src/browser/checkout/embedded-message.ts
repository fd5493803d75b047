/**
 * What the embedded checkout page (`GET /embedded-checkout/:clientSecret`, made for an iframe) tells the page
 * around it through `parent.postMessage`, from the sandbox's origin.
 */
export type EmbeddedMessage =
  /** The page wants this height, in CSS pixels; sent at once and whenever it changes. */
  | { source: "tollgate-checkout"; type: "height"; height: number }
  /** The session is complete. Go to `returnUrl`; if it is null, stay and call `onComplete`. */
  | { source: "tollgate-checkout"; type: "complete"; session: string; returnUrl: string | null };
