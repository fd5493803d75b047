import type { ChangesContext } from "../changes/changes-context.js";
import type { SeatPolicy } from "./seat-options.js";

/** What seats are settled with. */
export interface SeatsContext extends ChangesContext {
  readonly seatPolicy: SeatPolicy;
  /** Days that a failed payment is tolerated before the plan closes. */
  readonly graceDays: number;
}
