import type { BillingEvent, BillingEventType, EventClock } from "../language/billing-event.js";
import type { ProviderPage } from "./provider-subscriptions.js";
import type { WebhookEndpoint } from "./webhook-endpoint.js";

/** What the provider tells, and how. */
export interface ProviderEvents {
  /** Which types there are. `trial.ending` not among them: a job of ours tells it. */
  readonly tells: ReadonlySet<BillingEventType>;

  /** How fine its times of events are: two that are closer than that have no order, and the object is read again. */
  readonly clock: EventClock;

  /** Whether a signature covers the time at which it was made, so that an old one is refused. */
  readonly signsTime: boolean;

  /**
   * Checks what the headers of a delivery alone can show, before its body is read: that there is a signature of the
   * right shape, made at about this time. Makes no request.
   *
   * @param input.now The machine's time, whatever clock the app has for its business.
   * @throws BillingError `missing_signature`, `invalid_signature`, `stale_signature`, `invalid_options` (no
   * secret to verify with)
   */
  verifyHeaders(input: { readonly headers: Headers; readonly now: Date }): void;

  /**
   * Verifies the signature over exactly the bytes that arrived, then turns the delivery into neutral events, each with
   * its own id that is the same at each delivery: none for a type that means nothing to us, several where one reports
   * several facts (`<id>#payment`), `unreadable` for one whose object is not what it should be.
   *
   * @param input.now The machine's time, whatever clock the app has for its business.
   * @throws BillingError `missing_signature`, `invalid_signature`, `stale_signature` (too old, or from the
   * future), `invalid_event` (signed, but not an event), `invalid_options` (no secret to verify with).
   */
  receive(input: {
    readonly body: Uint8Array;
    readonly headers: Headers;
    readonly now: Date;
  }): Promise<readonly BillingEvent[]>;

  /**
   * Whether a delivery says that it is about this provider's account, whoever's address it came to; nothing is verified
   * yet. Such a delivery is received by this one, with its own secret. Absent: only what comes to its own address is.
   */
  isAbout?(body: Uint8Array): boolean;

  /** What has happened, whether or not it ever reached us. `null`: there is no list. */
  readonly history: {
    /** How many days back it goes. */
    readonly days: number;
    /** What has happened since then, the latest first. */
    list(input: { readonly since: Date; readonly after: string | null }): Promise<ProviderPage<BillingEvent>>;
  } | null;

  /**
   * The endpoints at the provider that send to an address, whatever events they receive. Absent: the provider can't
   * tell.
   *
   * @throws BillingError `provider_unavailable`; `provider_forbidden` when the key may not look
   */
  findEndpoints?(url: string): Promise<readonly WebhookEndpoint[]>;
}
