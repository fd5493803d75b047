export type { Appearance } from "./appearance.js";
export { type CreateStripeOptions, createStripe } from "./create-stripe.js";
export { installStripe, type StripeFactory } from "./install-stripe.js";
export { IntegrationError } from "./integration-error.js";
export { type TestCard, testCards } from "./test-cards.js";
