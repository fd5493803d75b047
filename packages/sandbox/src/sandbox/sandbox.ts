import type { StripeEvent } from "../engine/world/wire.js";
import type { LoggedRequest } from "../requests/logged-request.js";
import type { Problems } from "../requests/problems.js";
import type { Played, PlayOptions } from "../scenarios/played.js";
import type { ScenarioName } from "../scenarios/scenarios.js";
import type { Delivery } from "../webhooks/delivery.js";
import type { ChaosOptions } from "./sandbox-options.js";
import type { PayOptions } from "./typed-payer.js";

/** A local Stripe account. */
export type Sandbox = {
  /** The base of the API and of the hosted pages, without a slash at the end. */
  readonly url: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Answers a request to the API or to a hosted page. */
  fetch(request: Request): Promise<Response>;
  /** The sandbox's present time, or a connected account's. */
  now(account?: string): Date;
  /**
   * Moves the clock forward; everything that falls due until then happens, in order: renewals, trial ends,
   * scheduled cancels, expiries, retries of webhooks. The clock runs on from there. Connected accounts'
   * clocks move too; with `account`, only that one's does.
   *
   * @throws RangeError if the time lies in the past of the sandbox, or the account is unknown.
   */
  advance(to: Date, account?: string): void;
  /** The event log of the account, or of a connected one, oldest first (a copy). */
  events(account?: string): StripeEvent[];
  /** Every delivery of an event to an endpoint, with its attempts (a copy); the last 10,000. */
  deliveries(): Delivery[];
  /** The latest 1,000 requests to the API with their answers, oldest first (a copy, without secrets). */
  requests(): LoggedRequest[];
  /**
   * What to look for first: the last request that was refused and why, and the last webhook that its endpoint has
   * not taken and what that answered.
   *
   * @example
   * expect(sandbox.problems()).toEqual({ request: null, webhook: null });
   */
  problems(): Problems;
  /**
   * Resolves when every delivery that is due has been attempted, and whatever chaos held back or spoiled was
   * sent; retries that lie ahead are not waited for.
   */
  settled(): Promise<void>;
  /** Sends all events from now on to this address too. */
  forwardTo(url: string, secret?: string): void;
  /**
   * Makes deliveries go wrong on purpose, or right again (null): everywhere, or at the endpoint of this id or
   * address. What happens depends on the seed and the order of the events alone.
   */
  chaos(settings: ChaosOptions | null, endpoint?: string): void;
  /**
   * Pays an open checkout session as its hosted page does, without a browser: whatever the page asks for is typed
   * in, consent is given, and 3-D Secure is completed where the card asks for it (or failed, with
   * `authentication: "fail"`).
   *
   * @param card A test card by number or name, or all that the payer types.
   * @throws Error with the decline code when the card is refused; the session stays open for another one
   * @throws RangeError for a card that is none of Stripe's test cards' names
   * @example
   * await sandbox.pay(session.id);
   * await sandbox.pay(session.id, { card: "pm_card_chargeDeclined" }); // rejects: (generic_decline)
   */
  pay(sessionId: string, card?: PayOptions | string, options?: PayOptions): Promise<void>;
  /**
   * Plays what happens to a subscription sooner or later, in one call: through the API and the clock, so that
   * everything comes about as it does by itself, and webhooks are delivered as usual (`settled` waits for them).
   * Customer, subscription and price are taken as given, looked for, or made. The sandbox's clock moves for
   * everybody, unless the customer lives by a test clock, which moves instead.
   *
   * @returns the ids of what it was about, and the customer's events in order
   * @throws Error that says what to do, for an unknown customer or one whose subscription does not fit
   * @example
   * const { events, subscription } = await sandbox.play("renewal_fails_then_recovers", { customer: "cus_123" });
   * await sandbox.settled();
   */
  play<Name extends ScenarioName>(name: Name, options?: PlayOptions): Promise<Played<Name>>;
  /** From now on `reset` comes back to the present state: to a pushed catalog, say. */
  keepAsStart(): void;
  /** Goes back to how it started: keys, configured webhooks and seed data stay, the clock is set back. */
  reset(): void;
  /** Calls off all deliveries. */
  close(): Promise<void>;
};
