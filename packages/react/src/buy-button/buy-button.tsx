"use client";

import type { Currency } from "@tollgate/core";
import { type ComponentPropsWithoutRef, forwardRef, type MouseEvent, useId } from "react";
import { Button } from "../button/button.js";
import { useCheckout } from "../checkout/use-checkout.js";
import { useBilling } from "../session/billing-context.js";
import { useMessages } from "../session/use-messages.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import { buyButtonMessages } from "./buy-button-messages.js";
import { usePurchase } from "./use-purchase.js";

export interface BuyButtonProps<R extends string = string> extends ComponentPropsWithoutRef<"button"> {
  /** The product's id in the catalog. */
  readonly productId: R;
  /** How many; a whole number from 1. @default 1 */
  readonly quantity?: number;
  /** An ISO 4217 code in lower case. @default the subscription's, else the provider's `currency`, else the catalog's first */
  readonly currency?: Currency;
  /**
   * Whether it tells whoever owns it that they do, instead of selling. The catalog's own `once: true` says it to the
   * server too, so that two tabs can't buy it twice.
   * @default what the catalog says
   */
  readonly once?: boolean;
  /** A path of yours to come back to after paying. @default this page */
  readonly returnUrl?: string;
  /** Where "back" leads from the checkout. @default `returnUrl` */
  readonly cancelUrl?: string;
  /** @default "primary" */
  readonly variant?: "primary" | "secondary" | "quiet";
  /** Your own classes: `root` around the button and its message. `className` goes on the button. */
  readonly classNames?: { readonly root?: string; readonly message?: string };
}

/**
 * Buys a product of the catalog, once or again, at the provider's checkout. It says what is bought and for how much;
 * children replace those words. Other props and the ref go to the `<button>`. The root carries
 * `data-tollgate="buy-button"` and `data-state`: `loading`, `idle`, `opening`, `failed`, `owned` or `unavailable`.
 *
 * @example
 * <BuyButton productId="handbook" once />
 */
export const BuyButton = forwardRef<HTMLButtonElement, BuyButtonProps>(function BuyButton(props, ref) {
  const { productId, quantity = 1, currency, once = false, returnUrl, cancelUrl, ...rest } = props;
  const { variant = "primary", classNames, children, onClick, ...buttonProps } = rest;
  useStylesCheck();
  const { signInUrl, locale } = useBilling();
  const messages = useMessages("buyButton", buyButtonMessages);
  const { loading, name, price, ...known } = usePurchase({ productId, quantity, currency, once });
  const checkout = useCheckout();
  // Bought in another tab in the meantime.
  const refusal = checkout.error?.code === "already_owned" ? "owned" : known.refusal;
  const messageId = useId();
  const status = statusOf(refusal, loading, checkout.status);
  const isOff = refusal !== null || status === "loading";
  const count = quantity === 1 ? null : new Intl.NumberFormat(locale).format(quantity);
  const words = price === null ? messages.label : messages.buy({ name, quantity: count, price });
  const message =
    refusal === null || refusal === "owned"
      ? status === "failed" && messages.failed
      : messages.unavailable[refusal];

  function onPress(event: MouseEvent<HTMLButtonElement>): void {
    if (isOff) {
      event.preventDefault();
      return;
    }
    onClick?.(event);
    if (event.defaultPrevented) return;
    void checkout.start({
      productId,
      quantity,
      // What is bought is what was shown.
      currency: known.currency,
      returnUrl,
      cancelUrl,
    });
  }

  return (
    <div data-tollgate="buy-button" data-state={status} className={classNames?.root}>
      {refusal === "signed_out" && signInUrl ? (
        <a href={signInUrl} data-tollgate-button={variant} className={buttonProps.className}>
          {messages.signIn}
        </a>
      ) : (
        <Button
          variant={variant}
          busyLabel={messages.opening}
          // Not `disabled`: the reason must be reachable with the keyboard.
          aria-disabled={isOff || undefined}
          aria-describedby={message ? messageId : undefined}
          {...buttonProps}
          busy={status === "opening"}
          onClick={onPress}
          ref={ref}
        >
          {status === "failed"
            ? messages.retry
            : status === "owned"
              ? messages.owned({ name })
              : (children ?? words)}
        </Button>
      )}
      {/* Always there, so that what appears in it is announced. */}
      <p id={messageId} role="status" data-tollgate-part="message" className={classNames?.message}>
        {refusal === "signed_out" && signInUrl ? null : message}
      </p>
    </div>
  );
});

function statusOf(refusal: string | null, loading: boolean, checkout: "idle" | "opening" | "failed") {
  if (checkout === "opening") return "opening";
  if (refusal === "owned") return "owned";
  if (refusal !== null) return "unavailable";
  return loading && checkout === "idle" ? "loading" : checkout;
}
