import type { Stripe } from "@stripe/stripe-js";
import { createSandbox } from "@tollgate/sandbox";
import { createStripe } from "@tollgate/sandbox/browser";
import { StrictMode, useEffect, useState } from "react";
import { PaymentForm } from "./payment-form.js";
import type { PaymentFormProps } from "./payment-form-props.js";

export interface PaymentSceneProps extends Partial<PaymentFormProps> {
  /** What the server made at Stripe. @default "payment" */
  readonly intent?: "payment" | "setup";
  /** @default the toolbar's */
  readonly theme?: "light" | "dark";
  readonly width?: number;
  /** How Stripe.js loads. @default "at_once" */
  readonly loading?: "at_once" | "never" | "fails_once";
  /** How a confirmation is answered; `processing` as for a bank debit, which takes days. @default "at_once" */
  readonly confirming?: Confirming;
}

type Confirming = "at_once" | "never" | "processing";

/** A checkout page whose server and Stripe are a sandbox in the page. */
export function PaymentScene(props: PaymentSceneProps) {
  const {
    intent = "payment",
    theme,
    width = 480,
    loading = "at_once",
    confirming = "at_once",
    dir,
    lang,
    ...form
  } = props;
  const [account] = useState(() => createAccount(confirming));
  const [clientSecret, setClientSecret] = useState<string | null>(null);
  const [stripe] = useState(() => arriving(loading, account.stripe));
  useEffect(() => {
    let current = true;
    void account.createIntent(intent).then((secret) => current && setClientSecret(secret));
    return () => {
      current = false;
    };
  }, [account, intent]);
  return (
    <main
      data-theme={theme}
      dir={dir}
      lang={lang}
      style={{
        colorScheme: theme,
        background: "var(--tollgate-surface-raised)",
        fontFamily: "system-ui, sans-serif",
        padding: 24,
        minBlockSize: "100vh",
        boxSizing: "border-box",
        maxInlineSize: width,
      }}
    >
      <StrictMode>
        {clientSecret === null ? null : (
          <PaymentForm
            stripe={stripe}
            clientSecret={clientSecret}
            summary={{
              lines: [{ label: "Pro", detail: "Monthly", amount: 2900 }],
              currency: "usd",
              dueNow: 2900,
              dueLater: { amount: 2900, on: "2026-12-21T00:00:00.000Z", every: "month" },
            }}
            {...form}
          />
        )}
      </StrictMode>
    </main>
  );
}

function createAccount(confirming: Confirming) {
  const sandbox = createSandbox({ seed: "payment-form" });
  const send = async (request: Request) => {
    const isConfirmation = request.url.endsWith("/confirm");
    if (isConfirmation && confirming === "never") await new Promise(() => undefined);
    const response = await sandbox.fetch(request);
    if (!isConfirmation || confirming !== "processing") return response;
    return Response.json({ ...(await response.json()), status: "processing" });
  };
  return {
    stripe: createStripe(sandbox.publishableKey, { apiBase: sandbox.url, fetch: send }),
    async createIntent(intent: "payment" | "setup"): Promise<string> {
      const [path, body] =
        intent === "payment"
          ? ["payment_intents", new URLSearchParams({ amount: "2900", currency: "usd" })]
          : ["setup_intents", new URLSearchParams({ usage: "off_session" })];
      const response = await sandbox.fetch(
        new Request(`${sandbox.url}/v1/${path}`, {
          method: "POST",
          headers: { authorization: `Bearer ${sandbox.secretKey}` },
          body,
        }),
      );
      const made: { client_secret: string } = await response.json();
      return made.client_secret;
    },
  };
}

/**
 * Stripe.js as slow or as broken as the story wants. A broken one arrives when it is requested again later: not on the
 * second request, because StrictMode asks twice at once in development and once in a published build.
 */
function arriving(loading: "at_once" | "never" | "fails_once", stripe: Stripe): PromiseLike<Stripe> {
  let isBroken = loading === "fails_once";
  const arrival = {
    // biome-ignore lint/suspicious/noThenProperty: the form awaits it anew at each attempt, as it would a script
    then: (resolve: (stripe: Stripe) => unknown, reject: (cause: unknown) => unknown) => {
      if (loading === "never") return;
      if (!isBroken) return resolve(stripe);
      setTimeout(() => {
        isBroken = false;
      });
      return reject(new Error("blocked"));
    },
  };
  return arrival as PromiseLike<Stripe>;
}
