import { accountRoutes } from "./account.js";
import { alertRoutes } from "./alerts.js";
import { balanceTransactionRoutes } from "./balance-transactions.js";
import { billingPortalRoutes } from "./billing-portal.js";
import { cardSourceRoutes } from "./card-sources.js";
import { chargeRoutes } from "./charges.js";
import { checkoutSessionRoutes } from "./checkout-sessions.js";
import { confirmationTokenRoutes } from "./confirmation-tokens.js";
import { couponRoutes } from "./coupons.js";
import { creditNoteRoutes } from "./credit-notes.js";
import { customerBalanceRoutes } from "./customer-balance.js";
import { customerSessionRoutes } from "./customer-sessions.js";
import { customerRoutes } from "./customers.js";
import { discountRoutes } from "./discounts.js";
import { disputeRoutes } from "./disputes.js";
import { elementsSessionRoutes } from "./elements-sessions.js";
import { entitlementRoutes } from "./entitlements.js";
import { eventDestinationRoutes } from "./event-destinations.js";
import { eventRoutes } from "./events.js";
import { invoiceItemRoutes } from "./invoice-items.js";
import { invoicePaymentRoutes } from "./invoice-payments.js";
import { invoicePreviewRoutes } from "./invoice-preview.js";
import { invoiceRoutes } from "./invoices.js";
import { meterRoutes } from "./meters.js";
import { meterV2Routes } from "./meters-v2.js";
import { paymentIntentRoutes } from "./payment-intents.js";
import { paymentLinkRoutes } from "./payment-links.js";
import { paymentMethodRoutes } from "./payment-methods.js";
import { paymentPageRoutes } from "./payment-pages.js";
import { planRoutes } from "./plans.js";
import { priceRoutes } from "./prices.js";
import { productFeatureRoutes } from "./product-features.js";
import { productRoutes } from "./products.js";
import { promotionCodeRoutes } from "./promotion-codes.js";
import { quoteRoutes } from "./quotes.js";
import { refundRoutes } from "./refunds.js";
import type { Route } from "./route.js";
import { sandboxControlRoutes } from "./sandbox-controls.js";
import { sandboxIntentRoutes } from "./sandbox-intents.js";
import { searchRoutes } from "./searches.js";
import { setupAttemptRoutes } from "./setup-attempts.js";
import { setupIntentRoutes } from "./setup-intents.js";
import { shippingRateRoutes } from "./shipping-rates.js";
import { subscriptionItemRoutes } from "./subscription-items.js";
import { subscriptionScheduleRoutes } from "./subscription-schedules.js";
import { subscriptionRoutes } from "./subscriptions.js";
import { taxIdRoutes } from "./tax-ids.js";
import { taxRateRoutes } from "./tax-rates.js";
import { testClockRoutes } from "./test-clocks.js";
import { thinEventRoutes } from "./thin-events.js";
import { webhookEndpointRoutes } from "./webhook-endpoints.js";

/** Every endpoint, in the order in which paths are matched. */
export const routes: Route[] = [
  ...searchRoutes,
  ...accountRoutes,
  ...productFeatureRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...planRoutes,
  ...entitlementRoutes,
  ...alertRoutes,
  ...meterRoutes,
  ...meterV2Routes,
  ...customerRoutes,
  ...customerSessionRoutes,
  ...elementsSessionRoutes,
  ...confirmationTokenRoutes,
  ...paymentMethodRoutes,
  ...checkoutSessionRoutes,
  ...shippingRateRoutes,
  ...paymentPageRoutes,
  ...subscriptionRoutes,
  ...subscriptionItemRoutes,
  ...subscriptionScheduleRoutes,
  ...invoiceItemRoutes,
  ...invoicePreviewRoutes,
  ...invoiceRoutes,
  ...invoicePaymentRoutes,
  ...creditNoteRoutes,
  ...paymentLinkRoutes,
  ...quoteRoutes,
  ...paymentIntentRoutes,
  ...setupIntentRoutes,
  ...setupAttemptRoutes,
  ...sandboxIntentRoutes,
  ...cardSourceRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...balanceTransactionRoutes,
  ...billingPortalRoutes,
  ...disputeRoutes,
  ...eventRoutes,
  ...testClockRoutes,
  ...couponRoutes,
  ...customerBalanceRoutes,
  ...discountRoutes,
  ...promotionCodeRoutes,
  ...taxIdRoutes,
  ...taxRateRoutes,
  ...webhookEndpointRoutes,
  ...eventDestinationRoutes,
  ...thinEventRoutes,
  ...sandboxControlRoutes,
];
