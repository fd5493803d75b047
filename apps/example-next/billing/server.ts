import { createBilling } from "@tollgate/server";
import { pglite } from "@tollgate/server/pglite";
import { postgres } from "@tollgate/server/postgres";
import { stripe } from "@tollgate/server/stripe";
import { Pool } from "pg";
import { findPerson, personCookie } from "./people";
import { plans } from "./plans";

const { STRIPE_SECRET_KEY = "", DATABASE_URL } = process.env;

export const billing = createBilling({
  plans,
  // Its keys come from the environment; `npm run demo` sets the sandbox's, which stands in for Stripe.
  provider: stripe(),
  // A folder on disk, or any Postgres.
  store: DATABASE_URL
    ? postgres(new Pool({ connectionString: DATABASE_URL }))
    : pglite(process.env.TOLLGATE_DATA ?? ".tollgate"),
  appUrl: process.env.APP_URL ?? "http://localhost:3000",
  // In production Tollgate refuses test keys; this demo may run on them, and on a live key by its rules.
  environment: /[sr]k_live_/.test(STRIPE_SECRET_KEY) ? "production" : "development",
  identify: (request) => {
    const person = findPerson(readCookie(request, personCookie));
    // Staff are nobody's customer.
    if (person.isStaff) return null;
    return { id: person.id, email: person.email, name: person.name, role: "manager" };
  },
  on: {
    "subscription.activated": ({ customerId, planId }) =>
      console.log(`callback: ${customerId} is on ${planId} now`),
    "subscription.ended": ({ customerId, planId }) => console.log(`callback: ${customerId} left ${planId}`),
  },
});

function readCookie(request: Request, name: string): string | undefined {
  const pairs = request.headers.get("cookie")?.split("; ") ?? [];
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
