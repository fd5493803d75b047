/** The mistake is in the page's code, not in what the customer did. Stripe.js uses the same name. */
export class IntegrationError extends Error {
  override readonly name = "IntegrationError";
}
