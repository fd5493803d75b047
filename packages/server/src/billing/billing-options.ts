import type {
  BillingProvider,
  CallbackHandlers,
  Catalog,
  Clock,
  DuplicateAction,
  FeatureId,
  Store,
} from "@tollgate/core";
import type { OutageOption } from "../access/access-options.js";
import type { Counters } from "../access/counters.js";
import type { EdgeTokenOption } from "../access/edge-token.js";
import type { ChangeOptions } from "../changes/change-options.js";
import type { CheckoutOptions } from "../checkouts/checkout-options.js";
import type { Identify } from "../context/identity.js";
import type { IdentifyCustomer } from "../customers/identify-customer.js";
import type { DisputeOptions } from "../disputes/dispute-rules.js";
import type { DunningOptions } from "../dunning/dunning-options.js";
import type { EndingOptions } from "../endings/ending-rules.js";
import type { RateLimitOptions } from "../limits/rate-limit-rules.js";
import type { Logger } from "../log/logger.js";
import type { RefundOptions } from "../refunds/refund-rules.js";
import type { SeatOptions } from "../seats/seat-options.js";
import type { Telemetry } from "../telemetry/telemetry.js";
import type { UsageOptions } from "../usage/usage-options.js";

/** What `createBilling` needs to know. */
export interface BillingOptions<C extends Catalog = Catalog> {
  /** The catalog, made by `definePlans`. */
  readonly plans: C;
  /**
   * The app's name in the provider's account, where that account has several apps: 1 to 32 of a–z, 0–9 and -. It goes
   * into every name and id that Tollgate creates there, so it stays for good, and each app has its own database. An app
   * that is alone in its account needs none.
   * @default "default"
   */
  readonly app?: string;
  /**
   * Who takes the money: `stripe({ … })` from `@tollgate/server/stripe`. Of a list, the first sells; all of them are
   * heard, each at a webhook of its own (`/webhook/<id>`), managed and compared, and access comes from the
   * subscriptions at all of them. So an app moves to another account or provider: the new one goes first, and the old
   * one stays in the list for as long as anybody is billed by it.
   */
  readonly provider: BillingProvider | readonly BillingProvider[];
  /** Where state is kept: `postgres(pool)` or `pglite(folder)`. */
  readonly store: Store;
  /** The origin of your app as browsers see it: `https://app.example.com`. */
  readonly appUrl: string;
  /** Says who a request comes from; your own session decides. */
  readonly identify: Identify;
  /** Your own functions, run in the background at least once per fact and retried when they throw. */
  readonly on?: CallbackHandlers;
  /**
   * `background`: callbacks and our own jobs run in every process that has been used. `manual`: only while
   * `billing.runJobs()` is called, from a cron route, for hosts that freeze a process between requests.
   * @default "background"
   */
  readonly jobs?: "background" | "manual";
  /** Days that a failed payment is tolerated before the plan closes. @default 7 */
  readonly graceDays?: number;
  /**
   * When the callback `dunning.notice` brings a failed payment to the customer's mind; `false`: never. What it sends is
   * up to you: Tollgate sends no mail by itself. If you do, turn off the provider's own mails about failed payments.
   * @default { noticeDays: [0, 3, 5, 7] }
   */
  readonly dunning?: DunningOptions | false;
  /**
   * What becomes of the second subscription when a customer has paid for two of one plan group, say in two tabs. The
   * callback `subscription.duplicate` reports it. One that was made by hand at the provider stays.
   * @default "cancel_and_refund"
   */
  readonly duplicates?: DuplicateAction;
  /**
   * What customers may do by themselves when they leave or pause: what becomes of unused time when they cancel at once,
   * and whether they may pause. Your own server code decides for itself in each call of `billing.subscriptions`.
   * @default { cancelNow: "nothing", pause: true }
   */
  readonly endings?: EndingOptions;
  /**
   * What a refund does to access, whoever made it and where: see `full`.
   * @default { full: "end_current" }
   */
  readonly refunds?: RefundOptions;
  /**
   * What a contested payment does to access, once the money is taken (`opened`) and once it is gone for good (`lost`), and
   * whether what a card's network warns of is paid back (`fraudWarnings`).
   * @default { opened: "keep", lost: "end_current", fraudWarnings: "tell" }
   */
  readonly disputes?: DisputeOptions;
  /**
   * When a change of a subscription happens and whether it is prorated, by direction: `upgrade`, `downgrade`,
   * `crossgrade`, `longerInterval`, `shorterInterval`, `moreSeats`, `fewerSeats`, each `{ at, prorate }`. `at` is `"now"`,
   * `"next_invoice"` (now, and paid for with the next one) or `"period_end"`.
   * @default more money happens now, prorated and paid; less money waits for the period's end
   */
  readonly changes?: ChangeOptions;
  /**
   * Who is told what was used, where a plan bills it.
   * @default { reportTo: "provider" }
   */
  readonly usage?: UsageOptions;
  /**
   * How seats follow the members that `billing.seats.set` is told of: how long somebody may be there for nothing, whether
   * fewer members mean fewer seats, and whether somebody whose seat can't be paid is let in.
   * @default { graceHours: 0, lower: "period_end", unpaid: "refuse" }
   */
  readonly seats?: SeatOptions;
  /**
   * Counts of your own, by `limit` feature: `billing.check` and `billing.require` ask them wherever they are given no
   * count. Nothing is remembered of what they say.
   * @default none
   */
  readonly counters?: Counters<C>;
  /**
   * What checkouts ask for and offer.
   * @default { codesOnPage: false }
   */
  readonly checkout?: CheckoutOptions;
  /**
   * Days that the provider's events stay listed once they are settled, at least 31, because they may be sent again for
   * 30; what could not be settled stays four times as long. @default 90
   */
  readonly eventRetentionDays?: number;
  /**
   * Days that the history keeps every change, at least 400; of what is older, the latest state of each subscription
   * stays. `null` keeps everything. @default null
   */
  readonly historyRetentionDays?: number | null;
  /**
   * Returns your own id for a customer that somebody made at the provider: asked when their events arrive, before a
   * checkout opens and by `billing.reconcile`, so that they have access and don't buy twice. An email there is no proof
   * of who somebody is. Customers that Tollgate created are known without it.
   * @default nobody's
   */
  readonly identifyCustomer?: IdentifyCustomer;
  /**
   * How often, in whole hours, what changed at the provider is compared with the store, which is then repaired. 0:
   * never.
   * @default 24
   */
  readonly reconcileEveryHours?: number;
  /**
   * How old a state that `billing.access` answers from memory may be, in seconds from 0 to 300; 0 reads at each call.
   * What this instance changes is seen at once, what others change within about 50 ms where the store can listen (see
   * `postgres`): this is the bound where it can't. @default 5
   */
  readonly accessMaxStaleSeconds?: number;
  /**
   * What features do while the store is out of reach: `closed`, `open`, or `last_known` (as this instance last read
   * it), for all features or for each. GET /access and `billing.access` then answer with `degraded: true`.
   * @default they fail with `store_unavailable`
   */
  readonly outage?: OutageOption<FeatureId<C>>;
  /**
   * Makes GET /access set a short-lived signed cookie, with which `verifyEdgeToken` of `@tollgate/server/edge` checks
   * features without I/O. @default no cookie
   */
  readonly edgeToken?: EdgeTokenOption;
  /** The path under which the handler is mounted; `"/"` where it has an origin to itself. @default "/api/billing" */
  readonly basePath?: string;
  /** Other origins that may post to the handler and be returned to. @default [] */
  readonly allowedOrigins?: readonly string[];
  /**
   * How often one customer may open checkouts and portals, look up how a checkout went, preview or make changes, and try
   * promotion codes, across all instances;
   * whoever does so more often gets `rate_limited` (429). `false`: as often as they like. Webhooks are never limited.
   * @default { sessionsPerMinute: 20, checkoutReadsPerMinute: 60, changesPerMinute: 60, promotionCodesPerMinute: 10 }
   */
  readonly rateLimits?: RateLimitOptions | false;
  /**
   * `production` refuses test keys and keys of an unknown kind, webhook secrets that are published or placeholders, an
   * `appUrl` without TLS and, at the first use, a missing key or secret. `preview` is the same but accepts test keys:
   * for previews, staging and CI. A build (`next build`) refuses nothing before billing is used.
   *
   * @default the environment variable TOLLGATE_ENVIRONMENT, whose `development` doesn't accept live keys; else
   * "development" when NODE_ENV is not set, "development", "dev", "local" or "test"; else "preview" when VERCEL_ENV is;
   * else "production"
   */
  readonly environment?: "production" | "preview" | "development";
  /**
   * The time that billing lives in: a sandbox's (`sandbox.now`), whose clock tests move. How old a webhook's signature
   * is and how long an edge token lives is always measured by the machine's clock.
   *
   * @default the system's clock
   */
  readonly clock?: Clock;
  /** @default errors and warnings to the console */
  readonly logger?: Logger;
  /** Spans and metrics: `openTelemetry()` from `@tollgate/server/opentelemetry`. @default none */
  readonly telemetry?: Telemetry;
}
