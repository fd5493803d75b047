import type { Callback } from "../../language/callback.js";
import type { StoredSeats } from "../../language/seats.js";
import type { IsoTime } from "../../language/time.js";

/** How many members customers have, and how far they are billed. */
export interface SeatReads {
  /** A customer's, of each plan group, in an order that does not change. */
  listSeats(customerId: string): Promise<readonly StoredSeats[]>;
  /** Those that are due at a time, the longest due first. */
  listDueSeats(options: { readonly at: IsoTime; readonly limit: number }): Promise<readonly StoredSeats[]>;
}

/** Seats to be saved only if nobody has saved them since they were read. */
export interface SeatWrite extends Omit<StoredSeats, "revision"> {
  /** `null`: there were none of this customer and group. */
  readonly expectedRevision: number | null;
  readonly callbacks: readonly Callback[];
}

/** What changes how many members customers have. */
export interface SeatCommands {
  /**
   * Compares and saves, with the callbacks that follow: all of it, or nothing. `"overtaken"`: somebody else has saved them
   * since they were read, or their customer is being deleted.
   */
  saveSeats(write: SeatWrite): Promise<"saved" | "overtaken">;
}
