import { BillingError, type Catalog, type IsoTime, type SeatReport, seatGroupsOf } from "@tollgate/core";
import { checkCustomerId } from "../customers/billing-customers.js";

/** Somebody who was invited, by an id that they also have, or an address. */
export interface InvitedMember {
  readonly id: string;
  /** From when on they no longer take a seat. @default never */
  readonly expiresAt?: Date | IsoTime | undefined;
}

/** Whose members, and how many or who. */
export type SeatCounting = {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** The plan group whose seats they take. @default "main" where a plan of it is sold by the number, else the one that is */
  readonly group?: string | undefined;
} & (
  | {
      /** How many there are, those who are invited included. */
      readonly count: number;
      readonly members?: never;
      readonly invited?: never;
    }
  | {
      /** Who is there, by any id: each counts once. The ids are not stored. */
      readonly members: readonly string[];
      /** Who is invited and takes a seat by that; who is a member already, or named twice, counts once. @default nobody */
      readonly invited?: readonly (string | InvitedMember)[] | undefined;
      readonly count?: never;
    }
);

/** More than anybody has, and less than the database's largest integer. */
const mostMembers = 1_000_000;
/** How far clocks may differ. In milliseconds. */
const skewMs = 5 * 60_000;

/** @throws BillingError `invalid_customer_id`, `invalid_quantity`, `invalid_time`, `unknown_plan` (no such group) */
export function toSeatReport(
  catalog: Catalog,
  counting: SeatCounting & { readonly countedAt?: Date | IsoTime | undefined },
  now: Date,
): SeatReport {
  const { customerId, countedAt } = counting;
  checkCustomerId(customerId);
  const count = countMembers(counting, now);
  if (!Number.isInteger(count) || count < 0 || count > mostMembers) {
    throw new BillingError("invalid_quantity", `The count must be a whole number from 0 to ${mostMembers}.`, {
      details: { minimum: 0, maximum: mostMembers },
    });
  }
  const at = countedAt === undefined ? null : toTime("countedAt", countedAt);
  if (at !== null && Date.parse(at) > now.getTime() + skewMs) {
    throw new BillingError("invalid_time", "`countedAt` is in the future: no later count would be heard.");
  }
  return { customerId, group: toSeatGroup(catalog, counting.group), count, countedAt: at };
}

/** @throws BillingError `unknown_plan` where no plan is in the group */
export function toSeatGroup(catalog: Catalog, given?: string): string {
  const groups = seatGroupsOf(catalog);
  if (given === undefined) return groups.includes("main") ? "main" : (groups[0] ?? "main");
  const isKnown = Object.values(catalog.plans).some(({ group = "main" }) => group === given);
  if (isKnown) return given;
  throw new BillingError("unknown_plan", "No plan is in this group.", { details: { group: given } });
}

function countMembers({ count, members, invited = [] }: SeatCounting, now: Date): number {
  if (members === undefined) return count ?? Number.NaN;
  if (!Array.isArray(members) || !Array.isArray(invited)) return Number.NaN;
  const waiting = invited.map((one) => (typeof one === "string" ? { id: one } : one));
  const open = waiting.filter(
    ({ expiresAt }) => expiresAt === undefined || Date.parse(toTime("expiresAt", expiresAt)) > now.getTime(),
  );
  const ids = [...members, ...open.map(({ id }) => id)];
  return ids.every((id) => typeof id === "string" && id !== "") ? new Set(ids).size : Number.NaN;
}

function toTime(name: string, given: Date | IsoTime): IsoTime {
  const time = new Date(given);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new BillingError("invalid_time", `\`${name}\` is not a time.`);
}
