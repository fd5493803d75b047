import type Stripe from "stripe";
import type { Given, LineItem } from "../../world/wire.js";

/** What an app may ask for when it opens a session, once decoded. */
export type CheckoutOrder = Given<Stripe.Checkout.SessionCreateParams>;

/** The one coupon or code that reduces a session. */
export type CheckoutDiscount = { coupon: string; promotion_code: string | null };

/** Where goods go. */
export type ShippingDetails = {
  name: string;
  address: {
    city: string | null;
    country: string | null;
    line1: string | null;
    line2: string | null;
    postal_code: string | null;
    state: string | null;
  };
};

/** What a checkout session will do once it is paid; Stripe keeps it to itself. */
export type HiddenCheckout = {
  /** As the app asked for it; what is shown of it is in the session. */
  order: CheckoutOrder;
  lineItems: LineItem[];
  /** A line's id → the tax rates that the app gave it. */
  taxRates: Record<string, string[]>;
  discount: CheckoutDiscount | null;
  /**
   * Whether its subscription begins with the first attempt to pay, incomplete, as it did before basil.
   * https://docs.stripe.com/changelog/basil/2025-03-31/checkout-legacy-subscription-upgrade
   */
  subscribesFirst: boolean;
  /** What earlier attempts to pay made; a later one continues with it. */
  progress: {
    customer: string | null;
    subscription: string | null;
    paymentIntent: string | null;
    setupIntent: string | null;
    /** The invoice of a single payment, where the app asked for one. */
    invoice: string | null;
    email: string | null;
    name: string | null;
    phone: string | null;
    address: ShippingDetails["address"] | null;
    businessName: string | null;
    individualName: string | null;
    taxIds: Array<{ type: string; value: string }>;
    /** Where a browser goes after a step outside an embedded page. */
    returnUrl: string | null;
  };
};
