import type { ApiError } from "../net/api-client.js";
import type { PaymentElementOptions } from "./payment-element-options.js";

export type Params = Readonly<Record<string, unknown>>;

/** The payment methods that an element can take. */
export type MethodType = "card" | "sepa_debit" | "us_bank_account";

/** The fields of one way to pay. */
export interface MethodPanel {
  readonly type: MethodType;
  readonly node: HTMLElement;
  isEmpty(): boolean;
  isComplete(): boolean;
  /** Shows what is wrong and puts the focus there. */
  validate(): ApiError | undefined;
  /** What was typed, as `payment_method_data`. */
  data(): Params;
  update(options: PaymentElementOptions): void;
  clear(): void;
  focus(): void;
}

/** A payment method that the customer saved before, as the API shows it. */
export interface SavedMethod {
  readonly id: string;
  readonly type: string;
  readonly billing_details: object;
  readonly card?: {
    readonly brand: string;
    readonly last4: string;
    readonly exp_month: number;
    readonly exp_year: number;
  };
  readonly sepa_debit?: { readonly last4: string | null };
  readonly us_bank_account?: { readonly last4: string | null };
}

export function toValidationError(problem: { code: string; message: string }): ApiError {
  return { type: "validation_error", code: problem.code, message: problem.message };
}

export function asRecord(value: unknown): Params {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
