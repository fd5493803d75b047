import type { SeatRules } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";

/** How seats follow the members that your app reports. */
export interface SeatOptions {
  /**
   * How long somebody may be there before their seat is billed, in whole hours up to 720: who joins and leaves within it
   * costs nothing. @default 0
   */
  readonly graceHours?: number;
  /** Whether fewer members mean fewer seats from the next period on; `"never"`: somebody has to say so. @default "period_end" */
  readonly lower?: "period_end" | "never";
  /**
   * What becomes of members whose seat can't be paid. `"refuse"`: `billing.seats.set` throws and changes nothing, so that
   * your app does not let them in. `"admit"`: they are counted, and it is tried again until it is paid; `seats.unpaid`
   * tells of it. @default "refuse"
   */
  readonly unpaid?: "refuse" | "admit";
}

/** The same with its defaults. */
export interface SeatPolicy extends SeatRules {
  readonly unpaid: "refuse" | "admit";
}

/** @throws BillingError `invalid_options` */
export function toSeatPolicy(options: SeatOptions = {}): SeatPolicy {
  const { graceHours = 0, lower = "period_end", unpaid = "refuse" } = options;
  if (!Number.isInteger(graceHours) || graceHours < 0 || graceHours > 720) {
    refuseOption("seats.graceHours", "must be a whole number of hours from 0 to 720");
  }
  if (lower !== "period_end" && lower !== "never")
    refuseOption("seats.lower", 'must be "period_end" or "never"');
  if (unpaid !== "refuse" && unpaid !== "admit") refuseOption("seats.unpaid", 'must be "refuse" or "admit"');
  return { graceHours, lower, unpaid };
}
