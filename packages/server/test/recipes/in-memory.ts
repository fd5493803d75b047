// test/billing.ts: billing of its own for each test, empty and ready at once
import { createBilling } from "@tollgate/server";
import { memory } from "@tollgate/server/memory";
import { stripe } from "@tollgate/server/stripe";
import { plans } from "./plans.js";

export const openBilling = (customerId: string) =>
  createBilling({
    plans,
    provider: stripe(), // the sandbox's address and keys, from the environment
    store: memory(),
    appUrl: "http://localhost:3000",
    identify: () => ({ id: customerId, role: "manager" }),
  });
