import { BillingError } from "@tollgate/server";
import type { ErrorRequestHandler } from "express";

/** Answers what billing refuses; everything else is left to Express. */
export const refuse: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof BillingError)) return next(error);
  response.status(error.status).set(error.headers).json(error);
};
