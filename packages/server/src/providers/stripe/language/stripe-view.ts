import { defaultApp } from "@tollgate/core";
import type { PriceMarks } from "./names.js";

/** As whose an account's objects are read. */
export interface StripeView extends PriceMarks {
  /** What the account is called in our records. */
  readonly provider: string;
  /** The app whose plans are ours. */
  readonly app: string;
}

/** The only account of an app without a name. */
export const defaultView: StripeView = { provider: "stripe", app: defaultApp };
