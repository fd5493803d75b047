/** Where Stripe.js comes from (the sandbox has a stand-in), and the key that it is used with. */
export interface StripePage {
  readonly stripeUrl: string;
  readonly publishableKey: string;
}

interface StripeScript {
  confirmCardPayment(clientSecret: string): Promise<{ readonly error?: { readonly message?: string } }>;
}

declare global {
  var Stripe: ((publishableKey: string) => StripeScript) | undefined;
}

/** Lets the bank ask for its confirmation; what it refuses comes back as a sentence. */
export async function confirmPayment(page: StripePage, clientSecret: string): Promise<string | null> {
  const stripe = await loadStripe(page);
  const { error } = await stripe.confirmCardPayment(clientSecret);
  return error ? (error.message ?? "Your bank didn't confirm the payment.") : null;
}

async function loadStripe({ stripeUrl, publishableKey }: StripePage): Promise<StripeScript> {
  if (globalThis.Stripe === undefined) {
    await new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: stripeUrl });
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }
  if (globalThis.Stripe === undefined) throw new Error("Stripe.js did not load.");
  return globalThis.Stripe(publishableKey);
}
