import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { BillingError } from "../../src/index.js";
import type { ExampleBilling } from "./example-billing.js";

/** @param caught Whether it has an `onError` of its own. */
export function createHono(billing: ExampleBilling, caught: boolean) {
  const app = new Hono();
  app.get("/export", async (c) => {
    await billing.require(c, "export");
    return c.text("week,visitors");
  });
  app.get("/broken", () => {
    throw new Error("The app's own.");
  });
  if (caught)
    app.onError((error, c) => {
      if (error instanceof BillingError) return error.toResponse();
      return c.text("Something went wrong.", 500);
    });
  return createServer(getRequestListener(app.fetch));
}
