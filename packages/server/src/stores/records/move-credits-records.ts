import { creditsDueAt, type IsoTime, moveCredits, type Subscription } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { listCreditsAccounts, readCredits, saveCredits } from "./credits.js";

/** What plans granted goes along with the subscriptions that are given away. */
export async function moveCreditsRecords(
  sql: SqlRunner,
  move: {
    readonly from: string;
    readonly to: string;
    readonly moved: readonly Subscription[];
    readonly at: IsoTime;
  },
): Promise<void> {
  for (const credit of Object.keys(await listCreditsAccounts(sql, move.from))) {
    // Somebody may use them at this very moment.
    while ((await moveOne(sql, { ...move, credit })) === "overtaken");
  }
}

async function moveOne(
  sql: SqlRunner,
  input: {
    readonly from: string;
    readonly to: string;
    readonly moved: readonly Subscription[];
    readonly credit: string;
    readonly at: IsoTime;
  },
): Promise<"saved" | "overtaken"> {
  const { credit, at, moved } = input;
  const nothing = { credit, now: at, holdIds: [], keys: [], grantIds: [] };
  const of = {
    from: await readCredits(sql, { customerId: input.from, ...nothing }),
    to: await readCredits(sql, { customerId: input.to, ...nothing }),
  };
  const decided = moveCredits(
    { from: of.from.account, to: of.to.account },
    ({ source }) =>
      source.kind === "plan" &&
      moved.some((one) => one.id === source.subscriptionId && one.provider === source.provider),
    at,
  );
  if (decided === null) return "saved";
  for (const side of ["from", "to"] as const) {
    const { account, entries } = decided[side];
    const outcome = await saveCredits(sql, {
      ...{ customerId: input[side], credit, account, entries, dueAt: creditsDueAt(account, at) },
      ...{ expectedRevision: of[side].revision, holds: [], callbacks: [] },
    });
    // Having saved one side, this transaction holds its row: the other one is read again with it.
    if (outcome === "overtaken") {
      if (side === "to") throw new Error("Credits changed while their subscription was moved.");
      return outcome;
    }
  }
  return "saved";
}
