export { BillingError } from "@tollgate/core";
export type { Counter, Counters, LimitFeatureId } from "./access/counters.js";
export type { Billing } from "./billing/billing.js";
export type { BillingOptions } from "./billing/billing-options.js";
export type { BillingSubscriptions } from "./billing/billing-subscriptions.js";
export { createBilling } from "./billing/create-billing.js";
export type { BillingCustomers } from "./billing/create-customers.js";
export type { ComparePlansOptions } from "./catalog/compare-plans.js";
export type { ComparedChange, PlansComparison } from "./catalog/plans-comparison.js";
export type { PushPlansOptions } from "./catalog/push-plans.js";
export type { ChangeOptions } from "./changes/change-options.js";
export type { SettledChange } from "./changes/settle-change.js";
export type { ChangePreview, ChangeWish } from "./changes/subscription-changes.js";
export type { BillingCharges, ChargeResult } from "./charges/billing-charges.js";
export type { MoneyWish } from "./charges/check-money-wish.js";
export type { CheckoutOptions } from "./checkouts/checkout-options.js";
export {
  type ContentSecurityPolicy,
  widenContentSecurityPolicy,
} from "./content-security/widen-content-security-policy.js";
export type { Identify, Identity } from "./context/identity.js";
export type { UsageSink, UsageTarget } from "./context/usage-target.js";
export type { BillingCredit, CreditChoice, CreditReading } from "./credit/billing-credit.js";
export type {
  BillingCredits,
  CreditsChoice,
  CreditsConsumption,
  CreditsLedgerPage,
  CreditsReceipt,
} from "./credits/billing-credits.js";
export type { TopUpChoice } from "./credits/choose-top-up.js";
export type { CreditsGift, CreditsGifted, CreditsRevocation } from "./credits/grant-credits.js";
export type { CreditsReservation, CreditsSettlement, HeldCredits } from "./credits/hold-credits.js";
export type { CustomerUpdate, UpdatedCustomer } from "./customers/choose-profile.js";
export type { CustomerExport } from "./customers/export-customer.js";
export type { IdentifyCustomer, UnknownCustomer } from "./customers/identify-customer.js";
export type { DeletionResult, DeletionWish } from "./deletions/delete-customer.js";
export type { BillingDisputes } from "./disputes/billing-disputes.js";
export type { EvidenceWish } from "./disputes/dispute-evidence.js";
export type { DisputeOptions } from "./disputes/dispute-rules.js";
export type { EndingResult } from "./endings/carry-out-ending.js";
export type { EndingOptions } from "./endings/ending-rules.js";
export type { SubscriptionChoice } from "./endings/read-managed.js";
export type { CancelWish, PauseWish } from "./endings/subscription-endings.js";
export type { HealthOptions, HealthReport } from "./health/check-health.js";
export type { DriftHealth } from "./health/read-drift.js";
export type { Explanation } from "./history/explain.js";
export type { ExplanationStep } from "./history/explain-steps.js";
export type { Timeline, TimelineEntry, TimelineOptions } from "./history/timeline.js";
export type { RequestLike } from "./http/to-request.js";
export type { BillingEvents, ListEventsOptions } from "./inbox/event-inbox.js";
export type { ReplayedEvent } from "./inbox/replay-event.js";
export type { BillingInvoices } from "./invoices/billing-invoices.js";
export type { InvoicePage, PageChoice } from "./invoices/list-invoices.js";
export type { InvoiceChoice, PaidInvoice } from "./invoices/pay-invoice.js";
export type { RunJobsOptions } from "./jobs/run-jobs.js";
export type { Logger } from "./log/logger.js";
export {
  type DunningMailOptions,
  dunningMails,
  type NoticeMail,
  type NoticeReader,
} from "./mails/dunning-mails.js";
export { priceChangeMails } from "./mails/price-change-mails.js";
export { type Notice, type NoticeStyle, type RenderedNotice, renderNotice } from "./mails/render-notice.js";
export { usageMails } from "./mails/usage-mails.js";
export type { BillingMembers, MemberLimitWish } from "./members/billing-members.js";
export type { MemberCheck } from "./members/check-member.js";
export type { MemberReading } from "./members/read-member.js";
export type { MetricsWish } from "./metrics/read-metrics.js";
export type { MoveResult } from "./moves/move-subscription.js";
export type { BillingCallbacks } from "./outbox/billing-callbacks.js";
export type { BillingPaymentMethods } from "./payment-methods/billing-payment-methods.js";
export type { PaymentMethodChoice } from "./payment-methods/change-payment-methods.js";
export type {
  BillingPriceMigrations,
  MigrationPageChoice,
  PriceMigrationReport,
} from "./price-migrations/billing-price-migrations.js";
export type { BillingPrices, PromiseWish } from "./price-migrations/billing-prices.js";
export type { MigrationStart, MigrationWish } from "./price-migrations/migration-wish.js";
export type {
  BillingPromotionCodes,
  PromotionCodeCheck,
  PromotionCodeWish,
} from "./promotions/billing-promotion-codes.js";
export type { ReconcileOptions, ReconcileReport } from "./reconcile/reconcile-options.js";
export type { BillingRefunds } from "./refunds/billing-refunds.js";
export type { PaymentChoice, RefundPayment } from "./refunds/find-payment.js";
export type { RefundResult, RefundWish } from "./refunds/pay-back.js";
export type { RefundOptions } from "./refunds/refund-rules.js";
export type { BillingSeats, SeatsWish } from "./seats/billing-seats.js";
export type { SeatsPreview } from "./seats/preview-seats.js";
export type { SeatsReading } from "./seats/read-seats.js";
export type { SeatOptions } from "./seats/seat-options.js";
export type { SeatsOutcome } from "./seats/set-seats.js";
export type { InvitedMember, SeatCounting } from "./seats/to-seat-report.js";
export type { Span, Telemetry, TelemetryAttributes } from "./telemetry/telemetry.js";
export type { BillingUsage, MeteredFeatureId, UsageReading } from "./usage/billing-usage.js";
export type { UsageResult } from "./usage/record-many-uses.js";
export type { UsageReported } from "./usage/report-usage.js";
export type { UsageCapReading, UsageCapWish } from "./usage/set-usage-cap.js";
export type { UsageOptions } from "./usage/usage-options.js";
export type { MemberReceipt, UsageReceipt, UsageRecord } from "./usage/usage-record.js";
