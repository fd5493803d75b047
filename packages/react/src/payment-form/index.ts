export type { DeclineReason, WayForward } from "./describe-decline.js";
export type { IntentKind } from "./intent-kind.js";
export { PaymentForm } from "./payment-form.js";
export type { DeclineWords, PaymentFormMessages } from "./payment-form-messages.js";
export type { PaymentFormClassNames, PaymentFormProps } from "./payment-form-props.js";
export type { PaymentLine, PaymentSummary } from "./payment-summary.js";
export { type PaidIntent, type PaymentState, type UsePaymentOptions, usePayment } from "./use-payment.js";
