import type {
  BillingProvider,
  CallbackHandlers,
  Catalog,
  Clock,
  DuplicateAction,
  Owner,
  Store,
} from "@tollgate/core";
import type { AccessReader } from "../access/access-reader.js";
import type { EdgeTokenSigner } from "../access/edge-token.js";
import type { KnownPlans } from "../catalog/known-plans.js";
import type { EndpointWatch } from "../health/endpoint-watch.js";
import type { LoopWatch } from "../health/loop-watch.js";
import type { OriginWatch } from "../health/origin-watch.js";
import type { WebhookWatch } from "../health/webhook-watch.js";
import type { RateLimitRules } from "../limits/rate-limit-rules.js";
import type { Logger } from "../log/logger.js";
import type { IdentifyCustomer } from "../reconcile/identify-customer.js";
import type { Telemetry } from "../telemetry/telemetry.js";
import type { Identity } from "./identity.js";

/** What every room of the server works with: the checked options, with defaults filled in. */
export interface BillingContext {
  readonly catalog: Catalog;
  /** What access is decided by: the catalog, with plans that people are on and that have left it. */
  readonly knownPlans: KnownPlans;
  readonly provider: BillingProvider;
  /** The app's name in the provider's account. */
  readonly app: string;
  /** `https://app.example.com`, without a trailing slash. */
  readonly appOrigin: string;
  /** The app's own origin and the allowed ones. */
  readonly trustedOrigins: ReadonlySet<string>;
  readonly basePath: string;
  readonly graceDays: number;
  readonly duplicates: DuplicateAction;
  /** How long settled events are kept. */
  readonly eventRetentionDays: number;
  /** Where the work that nobody waits for is done. */
  readonly jobs: "background" | "manual";
  /** `null`: nothing is limited. */
  readonly rateLimits: RateLimitRules | null;
  readonly on: CallbackHandlers;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How the loops in the background do. */
  readonly loops: LoopWatch;
  readonly telemetry: Telemetry;
  /** Whose an unknown customer of the provider's is, by the app's word; `null`: the app doesn't tell. */
  readonly identifyCustomer: IdentifyCustomer | null;
  /** 0: the store is not compared with the provider by itself. */
  readonly reconcileEveryHours: number;
  /** Who asks; what the app's `identify` gave, checked. */
  readonly identify: (request: Request) => Identity | null | Promise<Identity | null>;
  /** What somebody may use now. */
  readonly access: AccessReader;
  /** `null`: there are no edge tokens. */
  readonly signEdgeToken: EdgeTokenSigner | null;
  /** @throws BillingError `invalid_options` in production when a credential of the provider is missing. */
  readonly checkCredentials: () => void;
  /** How the endpoint for our webhook stands at the provider. */
  readonly endpoint: EndpointWatch;
  /** What became of the deliveries that came to our webhook. */
  readonly webhooks: WebhookWatch;
  /** Where people use the app, other than the options say. */
  readonly origins: OriginWatch;
  /** The store, its schema up to date. The first call migrates; a failed one is tried again at the next. */
  readonly openStore: () => Promise<Store>;
  /** Who we are in the provider's account. Known without a query once the store is open. */
  readonly owner: () => Promise<Owner>;
  /** The same, once the database is bound to this app: before something is left at the provider. */
  readonly bindDatabase: () => Promise<Owner>;
}
