export { CheckoutForm } from "./checkout-form.js";
export type { CheckoutFormMessages } from "./checkout-form-messages.js";
export type { CheckoutFormProps, PaidCheckout } from "./checkout-form-props.js";
