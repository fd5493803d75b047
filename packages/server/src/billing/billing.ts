import type {
  Access,
  AccessCheck,
  AddOnId,
  Catalog,
  CatalogChange,
  CheckoutKind,
  ContentSecurity,
  CreditId,
  FeatureId,
  IsoTime,
  JobReport,
  MetricsReport,
  PlansImpact,
  ProductId,
} from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import type { ComparePlansOptions } from "../catalog/compare-plans.js";
import type { PlansComparison } from "../catalog/plans-comparison.js";
import type { PushPlansOptions } from "../catalog/push-plans.js";
import type { BillingCharges } from "../charges/billing-charges.js";
import type { BillingCredit } from "../credit/billing-credit.js";
import type { BillingCredits } from "../credits/billing-credits.js";
import type { BillingDisputes } from "../disputes/billing-disputes.js";
import type { HealthOptions, HealthReport } from "../health/check-health.js";
import type { Explanation } from "../history/explain.js";
import type { Timeline, TimelineOptions } from "../history/timeline.js";
import type { RequestLike } from "../http/to-request.js";
import type { BillingEvents } from "../inbox/event-inbox.js";
import type { BillingInvoices } from "../invoices/billing-invoices.js";
import type { RunJobsOptions } from "../jobs/run-jobs.js";
import type { BillingMembers } from "../members/billing-members.js";
import type { MetricsWish } from "../metrics/read-metrics.js";
import type { BillingCallbacks } from "../outbox/billing-callbacks.js";
import type { BillingPaymentMethods } from "../payment-methods/billing-payment-methods.js";
import type { BillingPriceMigrations } from "../price-migrations/billing-price-migrations.js";
import type { BillingPrices } from "../price-migrations/billing-prices.js";
import type { BillingPromotionCodes } from "../promotions/billing-promotion-codes.js";
import type { ReconcileOptions, ReconcileReport } from "../reconcile/reconcile-options.js";
import type { BillingRefunds } from "../refunds/billing-refunds.js";
import type { BillingSeats } from "../seats/billing-seats.js";
import type { BillingUsage } from "../usage/billing-usage.js";
import type { BillingSubscriptions } from "./billing-subscriptions.js";
import type { BillingCustomers } from "./create-customers.js";

/** Billing for one app: made once by `createBilling`, used everywhere on the server. */
export interface Billing<C extends Catalog = Catalog> {
  readonly plans: C;
  /** The origin of the app, as given. */
  readonly appUrl: string;
  /** The path under which `handler` expects its routes, without a trailing slash; empty at the root. */
  readonly basePath: string;
  /**
   * Answers every route under `basePath`. Mount it with an adapter (`toNextHandlers`, `toExpressHandler`),
   * or call it from any server that speaks the Fetch API. It never throws.
   */
  readonly handler: (request: Request) => Promise<Response>;
  /**
   * What the person behind a request may use now; closed for one who is signed out. It takes what your framework hands
   * out: a `Request`, Express' `req`, Fastify's `request`, Hono's `c`, Next's `await headers()`; `identify` gets a
   * `Request` made from it, on the origin of `appUrl`.
   *
   * @throws BillingError `store_unavailable`; in production `invalid_options` when a key is missing
   * @example
   * const access = await billing.access(request);
   * access.check("export"); // { allowed: false, reason: "not_in_plan", upgradeTo: "pro", … }
   */
  readonly access: (
    request: RequestLike,
  ) => Promise<Access<FeatureId<C>, ProductId<C>, AddOnId<C>, CreditId<C>>>;
  /**
   * Whether one more of a feature is allowed now, or why not: what `access.check` says, by your own count where a `limit`
   * feature has one (the option `counters`) and none is passed. Ask where something is added; what is there stays, and
   * taking something away asks nobody.
   *
   * @throws BillingError `count_unavailable` (503) when the counter fails, or gives no whole number: nothing is allowed
   * then; `unknown_feature` (500), `store_unavailable` (503)
   * @example
   * const projects = await billing.check(request, "projects"); // counted by `counters.projects`
   * if (!projects.allowed) console.warn(projects.reason, projects.limit);
   */
  readonly check: (
    request: RequestLike,
    feature: FeatureId<C>,
    count?: { readonly used: number },
  ) => Promise<AccessCheck>;
  /**
   * Lets the request pass, or throws an error that can answer for itself: `error.toResponse()`, or `status`, `headers`
   * and JSON. For a `limit` feature pass how many exist, because the app counts, or give it a counter (`counters`).
   *
   * @throws BillingError `unauthenticated` (401), `upgrade_required`, `limit_reached`, `payment_required`
   * (402), `forbidden` (403: no plan on offer has it); `details` holds `feature`, `reason` and `upgradeTo`.
   * `count_unavailable` (503): its counter failed
   * @example
   * await billing.require(request, "export");
   * await billing.require(request, "projects", { used: await countProjects() });
   */
  readonly require: (
    request: RequestLike,
    feature: FeatureId<C>,
    count?: { readonly used: number },
  ) => Promise<Access<FeatureId<C>, ProductId<C>, AddOnId<C>, CreditId<C>>>;
  /**
   * What GET /checkout/:id does, for return pages that the server renders: reads the checkout from the
   * provider and applies it at once.
   *
   * @throws BillingError `unauthenticated`, `forbidden`, `rate_limited`, `checkout_not_found` (also for
   * somebody else's)
   */
  readonly settleCheckout: (request: RequestLike, checkoutId: string) => Promise<CheckoutStatusResponse>;
  /**
   * For a page that the server renders: settles the checkout that its address names (`?checkout=<id>`, which Tollgate
   * adds to the return URL), so that access decided afterwards is right however late the webhook is. `null` when nobody
   * comes back, when it is not this person's, or when it can't be read now; the page's `BillingProvider` asks again
   * then, and takes the parameter out of the address.
   *
   * @throws whatever `identify` throws
   * @example
   * await billing.settleReturn(request);
   * const access = await billing.access(request);
   */
  readonly settleReturn: (request: RequestLike) => Promise<CheckoutStatusResponse | null>;
  /**
   * Creates or updates products and prices at the provider so that it has what the catalog says; returns what it
   * changed, and what it left alone. It belongs in a deploy step, or where the server starts (in Next's
   * `instrumentation.ts`), never where a module loads: builds load modules too, and have no keys. The log warns about
   * what the webhook endpoint at the provider lacks. What carries another app's name is never touched.
   *
   * @throws BillingError `plan_in_use` (409, `details.plans`) when the catalog no longer has a plan that people are
   * on, unless told to `drop` it; `catalog_of_another_database` (409) when another database pushed under this app's name,
   * unless told to `takeOver`; `provider_unavailable`, `provider_rejected`, `provider_not_configured`,
   * `store_unavailable`
   */
  readonly pushPlans: (options?: PushPlansOptions) => Promise<readonly CatalogChange[]>;
  /**
   * What `pushPlans` would do, and for how many customers, in data and in sentences; changes nothing. For a person to
   * read before a push, or a pipeline to refuse one.
   *
   * @throws BillingError `invalid_catalog`, `catalog_of_another_database` (409), `provider_unavailable`,
   * `provider_rejected`, `provider_not_configured`, `store_unavailable`
   * @example
   * const { isUpToDate, summary } = await billing.comparePlans();
   * if (!isUpToDate) console.log(summary.join("\n")); // Pro per month in USD was $29 and is $39 from now on; 12 customers keep the old one.
   */
  readonly comparePlans: (options?: ComparePlansOptions) => Promise<PlansComparison>;
  /**
   * What another catalog would mean for those who have a running subscription, before it is pushed: which features they
   * would gain and lose, who would be over a limit, and what a month brings in if everybody paid its prices. Access is
   * decided by both catalogs for each customer, so it takes a read of the store for each; nothing is changed.
   *
   * @throws BillingError `invalid_catalog`, `store_unavailable`
   * @example
   * const { overLimit, summary } = await billing.impact(plans); // the next release's
   * for (const { customerId, feature, used, limit } of overLimit) console.warn(customerId, feature, used, limit);
   */
  readonly impact: (next: Catalog) => Promise<PlansImpact>;
  /**
   * Compares the store with the provider: everything, what changed `since`, or one customer. Every difference is
   * explained in words, and repaired if you say so. It also happens automatically, every `reconcileEveryHours`. One
   * that is interrupted resumes where it was at the next call with the same options. A first run with `repair` imports
   * an existing account: customers are found by what Tollgate left at the provider, or by `identifyCustomer`. Of several
   * providers each has its turn, and what fails at one is thrown once all had theirs.
   *
   * @throws BillingError `reconcile_running` (409) while another one works, `invalid_options` for a `since`
   * from before the provider's list of events, `provider_unavailable`, `store_unavailable` (call again)
   * @example
   * const report = await billing.reconcile({ customerId: "org_1", repair: true });
   * for (const { cause, message, repaired } of report.differences) console.warn(cause, message, repaired);
   */
  readonly reconcile: (options?: ReconcileOptions) => Promise<ReconcileReport>;
  /**
   * What the Content-Security-Policy of a page with this kind of checkout must allow, by directive. Merge it with your
   * own policy using `widenContentSecurityPolicy`. Of several providers it is the first one's, which alone opens
   * checkouts.
   *
   * @example
   * billing.contentSecurityPolicy("hosted"); // { "form-action": ["https://checkout.stripe.com", …] }
   */
  readonly contentSecurityPolicy: (kind: CheckoutKind) => ContentSecurity;
  /** The inbox: the provider's events, what became of each and why, and a way to retry one. */
  readonly events: BillingEvents;
  /** Which of the provider's customers yours are and what they are called; deletes them. */
  readonly customers: BillingCustomers;
  /** The outbox: your callbacks, what became of each and why, and a way to run one again. */
  readonly callbacks: BillingCallbacks;
  /**
   * Does the work that waits in the background: callbacks that are due, and our own jobs. Where processes keep running,
   * that happens by itself; on hosts that freeze them between requests, set `jobs: "manual"` and call this from a route
   * that a cron job calls every minute. It resolves within `maxSeconds`; what it did not get to is left for the next
   * call (`done` is then false). Many may call at once.
   *
   * @throws BillingError `invalid_options`, `store_unavailable`
   * @example
   * // app/api/cron/billing/route.ts, with CRON_SECRET known to the cron alone
   * export async function GET(request: Request): Promise<Response> {
   *   const secret = process.env.CRON_SECRET;
   *   if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
   *     return new Response(null, { status: 401 });
   *   }
   *   return Response.json(await billing.runJobs({ maxSeconds: 25 }));
   * }
   */
  readonly runJobs: (options?: RunJobsOptions) => Promise<JobReport>;
  /** What customers subscribe to: previews, makes and undoes changes; ends, resumes and pauses; gives them to others. */
  readonly subscriptions: BillingSubscriptions<C>;
  /** Promotion codes: whether one fits somebody, and what it does. */
  readonly promotionCodes: BillingPromotionCodes<C>;
  /** Money given back: pays back, and reads what went back. For your own server code. */
  readonly refunds: BillingRefunds;
  /** What customers were billed, and will be: lists and pays. */
  readonly invoices: BillingInvoices;
  /** What customers have on file to pay with: lists, adds, makes one the default and removes. */
  readonly paymentMethods: BillingPaymentMethods;
  /** Contested payments. For your own server code. */
  readonly disputes: BillingDisputes;
  /** What customers have to their credit: reads and adds. */
  readonly credit: BillingCredit;
  /** Charges once for what is in no catalog. */
  readonly charges: BillingCharges;
  /** Who keeps the price they have, whatever others are moved to. */
  readonly prices: BillingPrices;
  /** Moves customers to new prices at a date, and tells them before. */
  readonly priceMigrations: BillingPriceMigrations<C>;
  /** Seats that follow members: says how many there are, reads and previews. */
  readonly seats: BillingSeats;
  /** The counts of metered features: records a use, and reads what was used. */
  readonly usage: BillingUsage<C>;
  /** What each of a customer's people uses of it, and may. */
  readonly members: BillingMembers<C>;
  /** The catalog's credits: grants, holds and uses them, and reads what is left. */
  readonly credits: BillingCredits<C>;
  /**
   * Whether billing can do its work, and what needs a person's attention: for a probe or a dashboard. It asks the
   * store, never the provider, and never throws.
   *
   * @example
   * // app/api/health/route.ts
   * export async function GET(): Promise<Response> {
   *   const { status } = await billing.health();
   *   return Response.json({ status }, { status: status === "down" ? 503 : 200 });
   * }
   */
  readonly health: (options?: HealthOptions) => Promise<HealthReport>;
  /**
   * What happened to a customer, for support staff: every change of what they have and all money that moved, the latest
   * first, with what made it be applied here.
   *
   * @throws BillingError `invalid_customer_id`, `invalid_query`, `store_unavailable`
   * @example
   * const { entries, next } = await billing.timeline("org_1", { limit: 20 });
   * for (const { at, what, why } of entries) console.log(at, what, why); // "Pro per month is past due: a payment failed."
   */
  readonly timeline: (customerId: string, options?: TimelineOptions) => Promise<Timeline>;
  /**
   * Why a customer may or may not use a feature, now or at any time since the history began: the catalog of then, the
   * subscription, what made it so, and what was decided, in words and data. It is rebuilt by the rules of every check.
   *
   * @param options.at @default now
   * @throws BillingError `invalid_customer_id`, `invalid_query`, `unknown_feature`, `store_unavailable`
   * @example
   * const { steps, access } = await billing.explain("org_1", "export", { at: "2026-03-09T10:00:00Z" });
   * console.log(access.reason, steps.map(({ words }) => words).join(" "));
   */
  readonly explain: (
    customerId: string,
    feature: FeatureId<C>,
    options?: { readonly at?: IsoTime | Date },
  ) => Promise<Explanation>;
  /**
   * Figures from the history, for any span of time, by currency: what comes in each month and what changed it, customers,
   * churn by choice and by failed payments, trials, cohorts, payments and webhooks. They are by the provider's time, so
   * what arrives late still changes the past.
   *
   * @throws BillingError `invalid_query`, `store_unavailable`
   * @example
   * const { currencies } = await billing.metrics({ from: "2026-01-01", to: "2026-07-01", currency: "usd" });
   * for (const { from, mrr } of currencies[0]?.spans ?? []) console.log(from, mrr.end, mrr.new, mrr.churn);
   */
  readonly metrics: (wish: MetricsWish) => Promise<MetricsReport>;
  /** Gives running callbacks a moment to end, releases those that have not ended, and closes the store. */
  readonly close: () => Promise<void>;
}
