import { kinds } from "../../engine/clocks/due-sources.js";
import { type Ahead, byTurn, clockOf } from "../../engine/world/due.js";
import type { World } from "../../engine/world/world.js";

/** Something that will happen by itself. */
export type Upcoming = {
  object: string;
  what: string;
  at: number;
  clock: string | null;
  customer: string | null;
};

const words: Record<string, string> = {
  "sub/notice": "Trial’s end is announced",
  "sub/expire": "First payment’s time runs out",
  "sub/cancel": "Subscription ends",
  "sub/renew": "Subscription renews",
  "sub/pending": "Pending update expires",
  "sub/resumption": "Resumption’s time runs out",
  "sub/collect": "Pause of collection ends",
  "sub/upcoming": "Upcoming invoice is announced",
  "sub_sched/start": "Schedule starts",
  "sub_sched/phase": "Next phase begins",
  "sub_sched/expiring": "Schedule’s end is announced",
  "in/finalize": "Draft is finalized",
  "in/collect": "Payment is tried",
  "in/late": "Subscription becomes past due",
  "in/invoice.will_be_due": "Due date is announced",
  "in/invoice.overdue": "Invoice becomes overdue",
  "cs_test/expire": "Checkout expires",
  "pi/debit": "Bank debit settles",
  "pi/expire": "Uncaptured money is released",
  "ch/expire": "Uncaptured money is released",
  "re/end": "Refund settles",
  "txn/available": "Funds become available",
  "clock/delete": "Test clock is deleted",
};

/** `sub_1Q/renew` in words. */
const describe = (due: string): string => {
  const [id = "", what = ""] = due.split("/");
  const kind = id.slice(0, Math.max(0, id.lastIndexOf("_")));
  if (what.startsWith("di_")) return "Discount ends";
  return (
    words[`${kind}/${what}`] ?? `${what.charAt(0).toUpperCase()}${what.slice(1).replaceAll(/[-_]/g, " ")}`
  );
};

/** What lies ahead, soonest first: of everything, or of what lives by one clock (null: the sandbox's own). */
export const upcoming = (world: World, most: number, clock?: string | null): Upcoming[] => {
  const ahead = kinds.flatMap(({ table, duesOf }, kind) =>
    Object.values(table(world)).flatMap(
      (row, position): Array<Ahead & Pick<Upcoming, "clock" | "customer">> => {
        const lives = clockOf(world, row);
        if (clock !== undefined && lives !== clock) return [];
        const place = [kind, position] as const;
        const customer = typeof row.customer === "string" ? row.customer : null;
        return duesOf(world, row.id).map((due) => ({
          due,
          object: row.id,
          created: row.created,
          place,
          clock: lives,
          customer,
        }));
      },
    ),
  );
  return ahead
    .sort(byTurn)
    .slice(0, most)
    .map(({ due, object, clock: lives, customer }) => ({
      object,
      what: describe(due.id),
      at: due.at,
      clock: lives,
      customer,
    }));
};
