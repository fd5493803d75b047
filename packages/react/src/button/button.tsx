import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";

export interface ButtonProps extends ComponentPropsWithoutRef<"button"> {
  /** `primary` once per card or form, `secondary` beside it, `quiet` in line with a sentence. */
  readonly variant: "primary" | "secondary" | "quiet";
  /** While busy it ignores presses but keeps the focus, and its width. @default false */
  readonly busy?: boolean;
  /** What it says while busy; laid out from the start, so that the width never moves. */
  readonly busyLabel?: ReactNode;
}

/**
 * Instead of `type="button"`: resets select `[type="button"]`, which has the same specificity as a host's own rule for
 * `[data-tollgate-button]`, so that no stylesheet could tell one from the other. A button with an empty `form` belongs
 * to no form and submits none. https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fae-form
 */
export const outsideForms = { form: "" } as const;

/** The kit's own button. Busy is not disabled: a disabled button drops the focus of whoever pressed it. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, busy = false, busyLabel, children, onClick, type = "button", ...props },
  ref,
) {
  const showsBusy = busy && busyLabel !== undefined;
  return (
    <button
      {...(type === "button" ? outsideForms : type === "reset" ? { type } : {})}
      data-tollgate-button={variant}
      {...props}
      ref={ref}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <Label shown={!showsBusy}>{children}</Label>
      {busyLabel === undefined ? null : <Label shown={showsBusy}>{busyLabel}</Label>}
    </button>
  );
});

/** Takes up its room even when it is hidden; hidden from screen readers too. */
function Label({ shown, children }: { readonly shown: boolean; readonly children: ReactNode }) {
  return (
    <span data-shown={shown} aria-hidden={shown ? undefined : true}>
      {children}
    </span>
  );
}
