import { BillingError } from "@tollgate/server";
import type { RequestHandler } from "express";
import { billing } from "./billing.js";

/** A route of the app that only paying customers may call. */
export const sendHistory: RequestHandler = async ({ headers, originalUrl }, response) => {
  // What one person may see, or why they may not, is nobody else's: no cache keeps it.
  response.set("cache-control", "no-store");
  const request = new Request(new URL(originalUrl, "http://localhost"), {
    headers: { cookie: headers.cookie ?? "" },
  });
  try {
    await billing.require(request, "history");
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    response.status(error.status).json(error);
    return;
  }
  response.json({ since: "your first day" });
};
