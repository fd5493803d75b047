import type { StripeMode } from "../client/stripe-keys.js";
import type { StripeView } from "../language/stripe-view.js";
import { parseEvent, type StripeEvent, type ThinEvent } from "./parse-event.js";

/**
 * Which events are ours: those of this app, of what the secret key opens: a mode, and an account, if its id was given.
 */
export interface StripeWorld extends StripeView {
  readonly mode: StripeMode;
  readonly account: string | null;
  /** Whether the account is connected to the one whose key is used: what names no account is the platform's then. */
  readonly connected: boolean;
}

/**
 * Why an event is about nothing that our key opens, in words; `null` when that is not the case. One secret may sign for
 * both: a Connect endpoint hears connected accounts as well as the platform's own
 * (https://docs.stripe.com/connect/webhooks), and a live one hears their test mode too.
 */
export function describeOtherWorld(
  event: StripeEvent | ThinEvent,
  { mode, account, connected }: Omit<StripeWorld, keyof StripeView>,
): string | null {
  const { livemode } = event;
  if (typeof livemode === "boolean" && mode !== "unknown" && livemode !== (mode === "live")) {
    return `it is of ${livemode ? "live" : "test"} mode, and the secret key is for ${mode} mode`;
  }
  const named = accountOf("account" in event ? event.account : null) ?? accountOf(event.context);
  if (named === null && connected) return "it is the platform's own, and this is a connected account";
  return named === null || named === account ? null : `it is of the connected account ${named}`;
}

/** A context may be a path, as for an organization: the account is its last part. */
function accountOf(named: unknown): string | null {
  return typeof named === "string" && named !== "" ? (named.split("/").at(-1) ?? null) : null;
}

/** The account that a delivery names, before anybody knows whether to believe it; `null`: none, or it is no event. */
export function accountIn(body: Uint8Array): string | null {
  try {
    const event = parseEvent(body);
    return accountOf("account" in event ? event.account : null) ?? accountOf(event.context);
  } catch {
    return null;
  }
}
