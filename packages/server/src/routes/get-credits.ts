import { readSummaries } from "../credits/read-balance.js";
import { defineHandler } from "./define-handler.js";

/** GET /credits: what the customer has of each of the catalog's credits. */
export const getCredits = defineHandler("GET /credits", async ({ open, identity }) => ({
  credits: await readSummaries(await open(), identity.id),
}));
