import type { IsoTime } from "./time.js";

/** What somebody agreed to at a checkout that asked, as the provider says. */
export interface Agreement {
  /** Whether they accepted the terms of service; `false`: it did not ask. */
  readonly terms: boolean;
  /** Whether they want news about offers; `null`: it did not ask. */
  readonly promotions: "opt_in" | "opt_out" | null;
  /** When, as far as the provider says. */
  readonly at: IsoTime | null;
}

/** The same as it is kept: of whom, and by which checkout. */
export interface Consent {
  readonly provider: string;
  readonly checkoutId: string;
  readonly customerId: string;
  /** What was subscribed to there; `null`: something was bought once, or only saved to pay with. */
  readonly subscriptionId: string | null;
  readonly terms: boolean;
  readonly promotions: "opt_in" | "opt_out" | null;
  /** When it was given; where the provider does not say, when we first heard of it. */
  readonly agreedAt: IsoTime;
}
