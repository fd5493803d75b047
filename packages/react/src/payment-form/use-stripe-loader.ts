import type { Stripe } from "@stripe/stripe-js";
import { useCallback, useEffect, useRef, useState } from "react";
import { refuseSecretKeys } from "../session/refuse-secret-keys.js";

export type StripeSource =
  | { readonly publishableKey: string; readonly stripe?: undefined }
  | { readonly publishableKey?: undefined; readonly stripe: Stripe | null | PromiseLike<Stripe | null> };

type Loaded =
  | { readonly status: "loading" | "failed" | "no_key"; readonly stripe: null }
  | { readonly status: "ready"; readonly stripe: Stripe };

const loading: Loaded = { status: "loading", stripe: null };

/**
 * Stripe.js, loaded when the form is on the page and not before. What has arrived stays for as long as the payment is
 * the same: `stripe={loadStripe(key)}` is another promise on each render, and a card form can't change its Stripe
 * without losing what was typed.
 *
 * @throws BillingError `secret_key_in_browser` when the key is a secret one.
 */
export function useStripeLoader({ publishableKey, stripe }: StripeSource, clientSecret: string) {
  refuseSecretKeys({ publishableKey });
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<Loaded>(loading);
  const hasNoKey = publishableKey !== undefined && !/^pk_/.test(publishableKey);
  const settled = useRef<{ source: unknown; payment: string; attempt: number } | null>(null);

  useEffect(() => {
    if (hasNoKey) {
      console.error(`Tollgate: PaymentForm has no publishable key (pk_…).${whereToPutIt()}`);
      return;
    }
    const source = publishableKey ?? stripe;
    const payment = publishableKey ?? clientSecret;
    const before = settled.current;
    const isHere = before !== null && before.attempt === attempt;
    if (isHere && (before.source === source || before.payment === payment)) return;
    let current = true;
    setLoaded(loading);
    const arriving = publishableKey === undefined ? Promise.resolve(stripe) : loadStripe(publishableKey);
    arriving.then(
      // Stripe resolves `null` where there is no page; here there is one, so nothing was given.
      (value) => {
        if (!current) return;
        if (value) settled.current = { source, payment, attempt };
        setLoaded(value ? { status: "ready", stripe: value } : failed);
      },
      () => current && setLoaded(failed),
    );
    return () => {
      current = false;
    };
  }, [hasNoKey, publishableKey, stripe, clientSecret, attempt]);

  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return { ...(hasNoKey ? keyless : loaded), attempt, retry };
}

const keyless: Loaded = { status: "no_key", stripe: null };

/** A bundler's production build drops the words. */
function whereToPutIt(): string {
  if (process.env.NODE_ENV === "production") return "";
  return (
    " Give BillingProvider `stripePublishableKey`, or PaymentForm `publishableKey`: the pk_… of your Stripe account. " +
    "If it comes from the environment, the browser sees only what its bundler lets through " +
    "(NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY, VITE_STRIPE_PUBLISHABLE_KEY), as of its last build."
  );
}

const failed: Loaded = { status: "failed", stripe: null };

/** The entry without side effects, by its file: `/pure` alone fails in native ESM, for lack of an exports map. */
async function loadStripe(publishableKey: string): Promise<Stripe | null> {
  const stripeJs = await import("@stripe/stripe-js/pure/index.mjs");
  return stripeJs.loadStripe(publishableKey);
}
