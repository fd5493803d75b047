import { createServer } from "node:http";
import express, { type ErrorRequestHandler, type Express } from "express";
import { BillingError } from "../../src/index.js";
import type { ExampleBilling } from "./example-billing.js";

/** @param caught Whether it has the handler of errors that the README shows. */
export function createExpress5(billing: ExampleBilling, caught: boolean) {
  const app = express().set("env", "test");
  app.get("/export", async (req, res) => {
    await billing.require(req, "export");
    res.send("week,visitors");
  });
  app.get("/broken", async () => {
    throw new Error("The app's own.");
  });
  if (caught) answerRefusals(app);
  return createServer(app);
}

/** Express 4 is not a package that has types here; as far as these lines go, it is `express`. */
export function createExpress4(express4: () => Express, billing: ExampleBilling) {
  const app = express4().set("env", "test");
  app.get("/export", (req, res, next) => {
    billing.require(req, "export").then(() => res.send("week,visitors"), next);
  });
  app.get("/broken", (_req, _res, next) => next(new Error("The app's own.")));
  answerRefusals(app);
  return createServer(app);
}

function answerRefusals(app: Express): void {
  const refuse: ErrorRequestHandler = (error, _req, res, next) => {
    if (!(error instanceof BillingError)) return next(error);
    res.status(error.status).set(error.headers).json(error);
  };
  app.use(refuse);
}
