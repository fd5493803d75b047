import type { Chaos } from "../engine/world/chaos.js";
import type { Permission } from "../engine/world/permissions.js";
import type { SettingsChoice } from "../engine/world/settings.js";
import type { Scheduler } from "../webhooks/scheduler.js";

/** How deliveries go wrong on purpose: rates from 0 to 1, and windows. What is left out is 0, or has a default. */
export type ChaosOptions = Partial<Chaos>;

/** An address that gets events, signed. */
export type WebhookTarget = {
  url: string;
  /** The types that it hears of, such as `invoice.paid`. @default all */
  events?: readonly string[];
  /** @default the sandbox's `webhookSecret` */
  secret?: string;
  /** Whether it hears of connected accounts' events too. @default false */
  connect?: boolean;
  /** How its deliveries go wrong on purpose. @default the sandbox's `chaos` */
  chaos?: ChaosOptions;
};

/** A key that may do only some things. */
export type RestrictedKeyOptions = {
  /** Begins with `rk_test_`. */
  key: string;
  /** By resource, such as `customers`; `*` stands for the rest. What is left out is `none`. */
  permissions: Record<string, Permission>;
};

export type SandboxOptions = {
  /** Where the hosted pages live, as browsers reach them. @default "http://localhost:12111" */
  baseUrl?: string;
  /**
   * Names of hosts, besides localhost and loopback addresses, at which the sandbox is reached (a service in
   * Docker, say) or that serve pages with Stripe.js; a leading dot stands for all names below. Others are
   * refused, so that no page on the internet can use the sandbox through your browser.
   */
  allowedHosts?: readonly string[];
  webhooks?: readonly WebhookTarget[];
  /** Makes the deliveries to every endpoint go wrong, repeatably. @default nothing goes wrong */
  chaos?: ChaosOptions;
  /** @default "sk_test_tollgate" */
  secretKey?: string;
  /** @default "pk_test_tollgate" */
  publishableKey?: string;
  /** Keys that may do only some things. */
  restrictedKeys?: readonly RestrictedKeyOptions[];
  /** Secret keys that are refused as expired. */
  expiredKeys?: readonly string[];
  /** Answers 429 to any more requests than this within a second of the machine's clock. @default no limit */
  rateLimit?: { perSecond: number };
  /**
   * The account's API version, such as `2025-03-31.basil`: that of requests without a `Stripe-Version` and of webhook
   * endpoints without an `api_version`. @default the present one
   */
  apiVersion?: string;
  /** Ids of accounts that are connected from the start; `POST /v1/accounts` connects more. */
  accounts?: readonly string[];
  /** @default "whsec_tollgate" */
  webhookSecret?: string;
  /** The clock underneath; `advance` shifts it. @default the machine's */
  clock?: () => Date;
  /** The sandbox's time when it begins; its clock runs on from there. @default the clock's */
  startAt?: Date;
  /** The same seed and the same calls give the same ids. @default a random one */
  seed?: string;
  /**
   * Milliseconds of the sandbox's clock between the attempts to deliver an event; `live` tries for three days,
   * as Stripe does in live mode.
   *
   * @default 1 s, 5 s, 30 s, 2 min, 10 min, 1 h
   */
  retryDelays?: readonly number[] | "live";
  /** How the account bills: dunning, drafts, notices, tax. What is left out keeps its default. */
  settings?: SettingsChoice;
  /** Who runs the retries. @default the machine's timers */
  scheduler?: Scheduler;
  /**
   * Called, once for each endpoint, with parameters that are accepted and have no effect.
   *
   * @default `console.warn`
   */
  log?: (line: string) => void;
  /**
   * Called with a line for each request that is refused and each webhook that an endpoint does not take, without
   * secrets: `POST /v1/prices 400 parameter_unknown: Received unknown parameter: colour`.
   *
   * @default nothing; `problems()` has the last of each
   */
  onProblem?: (line: string) => void;
  /** What webhooks are sent with. @default the platform's `fetch` */
  fetch?: typeof fetch;
};
