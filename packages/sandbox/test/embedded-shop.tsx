import { EmbeddedCheckout, EmbeddedCheckoutProvider } from "@stripe/react-stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { installStripe } from "../src/browser/stripe/install-stripe.js";

/** An app's page with an embedded checkout, as Stripe's documentation shows it; the test says what to show. */
const { apiBase, clientSecret, publishableKey } = JSON.parse(document.body.dataset.shop ?? "{}") as Record<
  "apiBase" | "clientSecret" | "publishableKey",
  string
>;

installStripe(window, { apiBase });
const options = {
  fetchClientSecret: () => Promise.resolve(clientSecret),
  onComplete: () => {
    document.title = "Thank you";
  },
};
const root = createRoot(document.body.appendChild(document.createElement("main")));
root.render(
  <StrictMode>
    <EmbeddedCheckoutProvider stripe={loadStripe(publishableKey)} options={options}>
      <EmbeddedCheckout />
    </EmbeddedCheckoutProvider>
  </StrictMode>,
);
document.addEventListener("close-shop", () => root.unmount());
