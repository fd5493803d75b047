export { type AccessResponse, accessResponse } from "./access.js";
export {
  type CheckoutRequest,
  type CheckoutResponse,
  type CheckoutStatusResponse,
  checkoutRequest,
  checkoutResponse,
  checkoutStatusResponse,
} from "./checkout.js";
export {
  type CreditsResponse,
  creditsResponse,
  type TopUpRequest,
  type TopUpsResponse,
  topUpRequest,
  topUpsResponse,
} from "./credits.js";
export { type ErrorResponse, errorDetails, errorResponse } from "./error-response.js";
export { type FoundRoute, findRoutes } from "./find-route.js";
export {
  type InvoicesQuery,
  type InvoicesResponse,
  invoicesQuery,
  invoicesResponse,
  type PayInvoiceRequest,
  type PayInvoiceResponse,
  payInvoiceRequest,
  payInvoiceResponse,
  type UpcomingInvoiceQuery,
  type UpcomingInvoiceResponse,
  upcomingInvoiceQuery,
  upcomingInvoiceResponse,
} from "./invoices.js";
export {
  type AddPaymentMethodRequest,
  type AddPaymentMethodResponse,
  addPaymentMethodRequest,
  addPaymentMethodResponse,
  type DefaultPaymentMethodRequest,
  defaultPaymentMethodRequest,
  type PaymentMethodCheckoutRequest,
  type PaymentMethodsResponse,
  paymentMethodCheckoutRequest,
  paymentMethodsResponse,
} from "./payment-methods.js";
export { type PlansQuery, type PlansResponse, plansQuery, plansResponse } from "./plans.js";
export { type PortalRequest, type PortalResponse, portalRequest, portalResponse } from "./portal.js";
export {
  type PromotionCodeRequest,
  type PromotionCodeResponse,
  promotionCodeRequest,
  promotionCodeResponse,
} from "./promotion-code.js";
export { refusalKinds, refusalsOf } from "./refusals.js";
export type { Method, RateLimitKind, Route, Who } from "./route.js";
export {
  type BodyOf,
  type BrowserRoute,
  type InputOf,
  type NameOf,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
  type RouteKey,
  routeKeys,
  routes,
  splitKey,
  type WhoOf,
} from "./routes.js";
export {
  type ChangePreviewRequest,
  type ChangePreviewResponse,
  type ChangeRequest,
  type ChangeResponse,
  changePreviewRequest,
  changePreviewResponse,
  changeRequest,
  changeResponse,
  type UndoChangeRequest,
  type UndoChangeResponse,
  undoChangeRequest,
  undoChangeResponse,
} from "./subscription-changes.js";
export {
  type CancelRequest,
  type CancelResponse,
  cancelRequest,
  cancelResponse,
  type EndingResponse,
  endingResponse,
  type PauseRequest,
  pauseRequest,
  type ResumeRequest,
  resumeRequest,
} from "./subscription-endings.js";
export {
  type UsageCapRequest,
  type UsageCapResponse,
  usageCapRequest,
  usageCapResponse,
} from "./usage-cap.js";
export { type WebhookResponse, webhookResponse } from "./webhook.js";
