import type { BillingError } from "@tollgate/core";
import type { CheckoutRequest } from "@tollgate/core/contract";
import { useCallback, useEffect, useState } from "react";
import { toBillingError } from "../client/read-answer.js";
import { useBilling } from "../session/billing-context.js";
import { currentPath } from "../session/leave-page.js";
import type { CheckoutFormProps } from "./checkout-form-props.js";

type Opened =
  | { readonly status: "opening"; readonly checkout: null; readonly error: null }
  | {
      readonly status: "open";
      readonly checkout: { readonly id: string; readonly clientSecret: string };
      readonly error: null;
    }
  | { readonly status: "refused"; readonly checkout: null; readonly error: BillingError };

const opening: Opened = { status: "opening", checkout: null, error: null };

/** Asks our own route for a checkout that is paid on this page: the same one for the same choice, however often. */
export function useOpenCheckout(choice: CheckoutFormProps) {
  const { session, currency } = useBilling();
  const [attempt, setAttempt] = useState(0);
  const [held, setHeld] = useState<{ readonly of: unknown; readonly opened: Opened }>({
    of: null,
    opened: opening,
  });
  const request = JSON.stringify(toRequest({ ...choice, currency: choice.currency ?? currency } as never));
  const of = `${attempt} ${request}`;

  useEffect(() => {
    const controller = new AbortController();
    session.client.checkout(JSON.parse(request), controller.signal).then(
      ({ id, clientSecret }) => {
        const checkout = clientSecret === null ? null : { id, clientSecret };
        const error = toBillingError(null, "The checkout didn't open.");
        setHeld({
          of,
          opened: checkout
            ? { status: "open", checkout, error: null }
            : { status: "refused", checkout, error },
        });
      },
      (cause: unknown) => {
        if (controller.signal.aborted) return;
        const error = toBillingError(cause, "The checkout didn't open.");
        setHeld({ of, opened: { status: "refused", checkout: null, error } });
      },
    );
    return () => controller.abort();
  }, [session, request, of]);

  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return { ...(held.of === of ? held.opened : opening), retry };
}

/** Only the contract's keys: the server refuses any other. JSON leaves out what is undefined. */
function toRequest(choice: CheckoutFormProps): CheckoutRequest {
  const { planId, productId, currency, quantity, promotionCode, returnUrl = currentPath() } = choice;
  const interval = planId === undefined ? undefined : (choice.interval ?? "month");
  const what = { planId, productId, interval, currency, quantity, promotionCode };
  return { ...what, returnUrl, kind: "elements" } as CheckoutRequest;
}
