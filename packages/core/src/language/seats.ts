import type { ErrorCode } from "./error-status.js";
import type { PendingChange } from "./subscription.js";
import type { IsoTime } from "./time.js";

/** A count of members, and since when there were at least so many. */
export interface SeatCount {
  readonly count: number;
  readonly since: IsoTime;
}

/** What was last told of the seats that are paid for. */
export interface ToldSeats {
  readonly quantity: number;
  /** How many there will be after the running period; `null`: as many. */
  readonly next: number | null;
}

/** How many members the app says that a customer has, and how far that is billed. */
export interface SeatRecord extends SeatCount {
  readonly customerId: string;
  /** The plan group whose seats they take. */
  readonly group: string;
  /** When the app counted them: what was counted before is not applied after it. */
  readonly countedAt: IsoTime;
  /** Smaller counts of before, the oldest first, as far as a grace may still need them. */
  readonly earlier: readonly SeatCount[];
  /** A change that waited for the period's end while seats were bought, and is to be agreed on again. */
  readonly carried: PendingChange | null;
  /** How often it was tried in vain to bill them. */
  readonly attempts: number;
  /** Why not all are billed; `null`: they are, or will be. */
  readonly problem: ErrorCode | null;
  readonly told: ToldSeats | null;
}

/** Seats as they are stored. */
export interface StoredSeats {
  readonly record: SeatRecord;
  /** When they are to be looked at again; `null`: not before something happens. */
  readonly dueAt: IsoTime | null;
  readonly revision: number;
}

/** How many members take seats, by plan group. */
export type SeatsInUse = Readonly<Record<string, number>>;

/**
 * The counts of what is stored.
 *
 * @example
 * seatsInUse([]); // {}
 */
export function seatsInUse(stored: readonly StoredSeats[]): SeatsInUse {
  return Object.fromEntries(stored.map(({ record: { group, count } }) => [group, count]));
}
