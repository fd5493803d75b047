export { type TestCard, testCards } from "./cards/offered-test-cards.js";
export { IntegrationError } from "./dom/integration-error.js";
export type { Appearance } from "./look/appearance.js";
export { type CreateStripeOptions, createStripe } from "./stripe/create-stripe.js";
export { installStripe, type StripeFactory } from "./stripe/install-stripe.js";
