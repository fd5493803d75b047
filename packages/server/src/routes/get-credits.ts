import { readBalance } from "../credits/read-balance.js";
import { defineHandler } from "./define-handler.js";

/** GET /credits: what the customer has of each of the catalog's credits. */
export const getCredits = defineHandler("GET /credits", async ({ open, identity }) => {
  const context = await open();
  const names = Object.keys(context.catalog.credits ?? {});
  const balances = await Promise.all(
    names.map(async (credit) => {
      const { available, held, owed, expiring } = await readBalance(context, {
        customerId: identity.id,
        credit,
      });
      return [credit, { available, held, owed, expiring }] as const;
    }),
  );
  return { credits: Object.fromEntries(balances) };
});
