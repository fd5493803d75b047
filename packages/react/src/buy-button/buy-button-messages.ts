import type { BuyRefusal } from "./buy-refusal.js";

/** The words of `BuyButton`. */
export interface BuyButtonMessages {
  /** What it sells and for how much in total: "Buy 3 × Credits for $30". */
  readonly buy: (what: {
    readonly name: string;
    readonly quantity: string | null;
    readonly price: string;
  }) => string;
  /** While the price is not known. */
  readonly label: string;
  readonly owned: (what: { readonly name: string }) => string;
  /** On the link that takes its place for whoever is not signed in, where the app has a page for that. */
  readonly signIn: string;
  readonly opening: string;
  readonly failed: string;
  readonly retry: string;
  /** Why there is nothing to buy. */
  readonly unavailable: Readonly<Record<Exclude<BuyRefusal, "owned">, string>>;
}

export const buyButtonMessages: BuyButtonMessages = {
  buy: ({ name, quantity, price }) =>
    quantity === null ? `Buy ${name} for ${price}` : `Buy ${quantity} × ${name} for ${price}`,
  label: "Buy",
  owned: ({ name }) => `You own ${name}`,
  signIn: "Sign in to buy",
  opening: "Opening…",
  failed: "The checkout couldn't be opened. Nothing was charged.",
  retry: "Try again",
  unavailable: {
    signed_out: "Sign in to buy this.",
    not_manager: "Only someone who manages billing can buy this.",
    not_for_sale: "This can't be bought in your currency.",
  },
};
