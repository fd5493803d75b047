"use client";

import { type ComponentPropsWithoutRef, forwardRef, type MouseEvent, useId, useState } from "react";
import { Button } from "../button/button.js";
import { type PortalFlow, usePortal } from "../portal/use-portal.js";
import { useBilling } from "../session/billing-context.js";
import { useMessages } from "../session/use-messages.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import { billingPortalButtonMessages } from "./billing-portal-button-messages.js";

export interface BillingPortalButtonProps extends ComponentPropsWithoutRef<"button"> {
  /** What the portal opens with. @default its start page */
  readonly flow?: PortalFlow;
  /** A path of yours to come back to. @default this page */
  readonly returnUrl?: string;
  /**
   * When this person has no portal: `disable` the button and say why, or `hide` all of it; but a button that somebody
   * pressed stays, and says why. @default "disable"
   */
  readonly whenUnavailable?: "disable" | "hide";
  /** @default "secondary" */
  readonly variant?: "primary" | "secondary" | "quiet";
  /** Your own classes: `root` around the button and its message. `className` goes on the button. */
  readonly classNames?: { readonly root?: string; readonly message?: string };
}

/**
 * Opens the provider's portal: cards, invoices, plan changes, cancelling. Other props and the ref go to
 * the `<button>`. The root carries `data-tollgate="billing-portal-button"` and `data-state`: `loading`,
 * `idle`, `opening`, `failed` or `unavailable`.
 *
 * @example
 * <BillingPortalButton returnUrl="/account">Manage billing</BillingPortalButton>
 */
export const BillingPortalButton = forwardRef<HTMLButtonElement, BillingPortalButtonProps>(
  function BillingPortalButton(props, ref) {
    const {
      flow,
      returnUrl,
      whenUnavailable = "disable",
      variant = "secondary",
      classNames,
      ...rest
    } = props;
    const { children, onClick, ...buttonProps } = rest;
    const { session } = useBilling();
    const messages = useMessages("billingPortalButton", billingPortalButtonMessages);
    useStylesCheck();
    const portal = usePortal();
    const messageId = useId();
    const { status } = portal;
    // A button that vanished under the finger would take the focus and the reason with it.
    const [pressedIn, setPressedIn] = useState<object | null>(null);
    if (status === "unavailable" && whenUnavailable === "hide" && pressedIn !== session) return null;

    const isOff = status === "unavailable" || status === "loading";
    const label = children ?? messages.label;
    const message =
      status === "unavailable"
        ? messages.unavailable[portal.reason]
        : status === "failed"
          ? messages.failed
          : null;

    function onPress(event: MouseEvent<HTMLButtonElement>): void {
      if (isOff) {
        event.preventDefault();
        return;
      }
      onClick?.(event);
      if (event.defaultPrevented) return;
      setPressedIn(session);
      void portal.open({ flow, returnUrl });
    }
    return (
      <div data-tollgate="billing-portal-button" data-state={status} className={classNames?.root}>
        <Button
          variant={variant}
          busyLabel={messages.opening}
          // Not `disabled`: the reason must be reachable with the keyboard.
          aria-disabled={isOff || undefined}
          aria-describedby={message === null ? undefined : messageId}
          {...buttonProps}
          busy={status === "opening"}
          onClick={onPress}
          ref={ref}
        >
          {status === "failed" ? messages.retry : label}
        </Button>
        {/* Always there, so that what appears in it is announced. */}
        <p id={messageId} role="status" data-tollgate-part="message" className={classNames?.message}>
          {message}
        </p>
      </div>
    );
  },
);
