import type { Pool } from "pg";
import { importPeer } from "../../peers/load-peer.js";
import { loadPeerStripe } from "../webhooks/peer-stripe.js";

/** The part of `better-auth` that is used. */
export interface BetterAuth {
  readonly options: object;
  readonly handler: (request: Request) => Promise<Response>;
  readonly api: {
    signUpEmail(input: {
      readonly body: { readonly email: string; readonly password: string; readonly name: string };
      readonly returnHeaders: true;
    }): Promise<{ readonly headers: Headers; readonly response: { readonly user: { readonly id: string } } }>;
    listActiveSubscriptions(input: {
      readonly headers: Headers;
    }): Promise<readonly { readonly plan: string }[]>;
  };
}

interface Modules {
  readonly betterAuth: (options: object) => BetterAuth;
  readonly getMigrations: (options: object) => Promise<{ runMigrations(): Promise<void> }>;
  readonly stripe: (options: object) => object;
}

/** `@better-auth/stripe` on its own tables, which are created; the session is read from its cookie. */
export async function openBetterAuth(pool: Pool, webhookSecret: string): Promise<BetterAuth> {
  const modules = await Promise.all(
    ["better-auth", "better-auth/db/migration", "@better-auth/stripe"].map((name) => importPeer(name)),
  );
  const { betterAuth, getMigrations, stripe } = Object.assign({}, ...modules) as Modules;
  const Stripe = loadPeerStripe();
  const options = {
    baseURL: "http://127.0.0.1",
    secret: "a-secret-of-the-bench-that-is-long-enough-0123456789",
    database: pool,
    emailAndPassword: { enabled: true },
    session: { cookieCache: { enabled: true, maxAge: 3600 } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    plugins: [
      stripe({
        stripeClient: new Stripe("sk_test_bench"),
        stripeWebhookSecret: webhookSecret,
        createCustomerOnSignUp: false,
        subscription: {
          enabled: true,
          plans: [{ name: "pro", priceId: "price_pro", lookupKey: "tollgate:plan:pro:month:usd" }],
        },
      }),
    ],
  };
  await (await getMigrations(options)).runMigrations();
  return betterAuth(options);
}
