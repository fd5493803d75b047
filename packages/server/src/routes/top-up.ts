import { BillingError } from "@tollgate/core";
import type { TopUpsResponse } from "@tollgate/core/contract";
import { setTopUp } from "../credits/choose-top-up.js";
import type { CreditsContext } from "../credits/credits-context.js";
import { defineHandler } from "./define-handler.js";

/** GET /credits/top-ups: what is bought by itself, and how it stands. */
export const getTopUps = defineHandler("GET /credits/top-ups", async ({ open, identity }) =>
  describeTopUps(await open(), identity.id),
);

/** POST /credits/top-up: what one costs is the catalog's, never the browser's choice. */
export const postTopUp = defineHandler("POST /credits/top-up", async ({ open, identity, input }) => {
  const context = await open();
  const { credit, topUp } = input;
  if (!Object.hasOwn(context.catalog.credits ?? {}, credit))
    throw new BillingError("not_found", "There are no such credits.");
  const chosen = topUp && { ...topUp, ...(topUp.currency !== undefined && { currency: topUp.currency }) };
  await setTopUp(context, { customerId: identity.id, credit, topUp: chosen as never });
  return describeTopUps(context, identity.id);
});

async function describeTopUps(
  { store, catalog, clock }: CreditsContext,
  customerId: string,
): Promise<TopUpsResponse> {
  const accounts = await store.listCreditsAccounts(customerId);
  const month = clock().toISOString().slice(0, "2026-11".length);
  const topUps: TopUpsResponse["topUps"] = {};
  for (const credit of Object.keys(catalog.credits ?? {})) {
    const topUp = accounts[credit]?.topUp;
    if (topUp === undefined) continue;
    const { attempt, spent, ...chosen } = topUp;
    topUps[credit] = {
      ...chosen,
      spent: spent.month === month ? spent.amount : 0,
      ...{ state: attempt?.state ?? null, invoiceId: attempt?.invoiceId ?? null },
    };
  }
  return { topUps };
}
