import type { SavedMethod } from "./method-panel.js";

/** What a payment form knows of the payment and of the customer. */
export interface PaymentContext {
  /** The payment method types that the intent or the group allows. */
  readonly types: readonly string[];
  readonly saved: readonly SavedMethod[];
  readonly canRemove: boolean;
  readonly canSave: boolean;
  /** What saving means for a payment: `setup_future_usage`. */
  readonly saveUsage: string | undefined;
  /** The method will be used again in any case, and the customer must be told. */
  readonly reuses: boolean;
  /** Nothing is paid: a method is saved for later. */
  readonly isSetup: boolean;
  /** What the intent asks for, in the currency's minor unit. */
  readonly due?: { readonly amount: number; readonly currency: string };
}

export const plainContext: PaymentContext = {
  types: ["card"],
  saved: [],
  canRemove: false,
  canSave: false,
  saveUsage: undefined,
  reuses: false,
  isSetup: false,
};
