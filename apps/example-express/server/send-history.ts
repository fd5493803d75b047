import type { RequestHandler } from "express";
import { billing } from "./billing.js";

/** A route of the app that only paying customers may call; `refuse` answers a refusal. */
export const sendHistory: RequestHandler = async (request, response) => {
  await billing.require(request, "history");
  // What one person may see is nobody else's: no cache keeps it.
  response.set("cache-control", "no-store").json({ since: "your first day" });
};
