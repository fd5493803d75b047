import Stripe from "stripe";
import { type Sandbox, type StartOptions, startSandbox } from "../src/index.js";

export type Shop = {
  sandbox: Sandbox;
  stripe: Stripe;
  /** A price of a new product, in cents. */
  price: (name: string, amount: number, recurring?: "month" | "year") => Promise<Stripe.Price>;
  close: () => Promise<void>;
};

/** A sandbox on a real port with the real SDK in front of it. */
export const startShop = async (options: StartOptions = {}): Promise<Shop> => {
  const sandbox = await startSandbox(options);
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe(sandbox.secretKey, { host: hostname, port: Number(port), protocol: "http" });
  return {
    sandbox,
    stripe,
    price: async (name, amount, recurring = "month") => {
      const product = await stripe.products.create({ name });
      return stripe.prices.create({
        product: product.id,
        unit_amount: amount,
        currency: "usd",
        recurring: { interval: recurring },
      });
    },
    close: () => sandbox.close(),
  };
};
