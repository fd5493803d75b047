import { defaultApp } from "@tollgate/core";

/** As whose an account's objects are read. */
export interface StripeView {
  /** What the account is called in our records. */
  readonly provider: string;
  /** The app whose plans are ours. */
  readonly app: string;
}

/** The only account of an app without a name. */
export const defaultView: StripeView = { provider: "stripe", app: defaultApp };
