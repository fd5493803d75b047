import { BillingError } from "../../src/index.js";
import type { ExampleBilling } from "./example-billing.js";

/** A route handler of Next, and what looks like one in Bun, Deno, workers and React Router's resource routes. */
export const createRoute = (billing: ExampleBilling) => {
  // biome-ignore lint/correctness/noComponentHookFactories: it is a route, whose name Next wants so
  async function GET(request: Request): Promise<Response> {
    try {
      await billing.require(request, "export");
    } catch (error) {
      if (error instanceof BillingError) return error.toResponse();
      throw error;
    }
    return new Response("week,visitors");
  }
  return GET;
};

/** What a server component of Next does with `await headers()`; returns where it would send the visitor. */
export const createPage = (billing: ExampleBilling, headers: () => Promise<Headers>) => async () => {
  let sentTo: string | null = null;
  const redirect = (path: string) => {
    sentTo = path;
  };
  const access = await billing.access(await headers());
  if (!access.check("export").allowed) redirect("/pricing");
  return sentTo;
};
