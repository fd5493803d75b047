export type {
  AccessState,
  Attention,
  DenialReason,
  FeatureAccess,
  HeldAddOn,
  PaymentTrouble,
  SubscriptionSummary,
} from "./access/access-state.js";
export type { AccessUnlock, UnlockPrice } from "./access/access-unlock.js";
export { asMember } from "./access/as-member.js";
export { type AccessCheck, type CheckableFeature, checkFeature, endOf } from "./access/check-feature.js";
export { type Access, createAccess } from "./access/create-access.js";
export { type AccessInput, decideAccess, defaultGraceDays } from "./access/decide-access.js";
export type { Allowance } from "./access/decide-features.js";
export {
  decideOutage,
  keepsLastKnown,
  type OutagePolicies,
  type OutagePolicy,
} from "./access/decide-outage.js";
export { decidePastUsage, type LateUse } from "./access/decide-past-usage.js";
export { decideSignedOut } from "./access/decide-signed-out.js";
export {
  currentUsage,
  decideUsage,
  type UsageCount,
  type UsageDecision,
  type UsageInput,
} from "./access/decide-usage.js";
export { explainCheck } from "./access/explain-check.js";
export type { FeatureCap } from "./access/feature-cap.js";
export { memberLimitUnder } from "./access/member-limit-of.js";
export { nextChangeOf } from "./access/next-change-of.js";
export { openPlans } from "./access/open-plans.js";
export { ownsProduct } from "./access/owns-product.js";
export type { UsageMark } from "./access/usage-marks.js";
export { keptStartsOf, type UsagePeriod } from "./access/usage-period.js";
export {
  type AddOnPrice,
  addOnPricesOf,
  findAddOn,
  findAddOnPrice,
  fitsPlan,
  isIncludedIn,
} from "./catalog/add-ons.js";
export type {
  AddOnDefinition,
  AddOnId,
  Catalog,
  CreditId,
  Feature,
  FeatureId,
  Features,
  FeatureType,
  Includes,
  LimitFeature,
  MemberLimit,
  MeteredFeature,
  PlanDefinition,
  PlanId,
  ProductDefinition,
  ProductId,
  SwitchFeature,
  TrialEnd,
  UsageReset,
} from "./catalog/catalog.js";
export { catalogFor, hasPrivatePlans } from "./catalog/catalog-for.js";
export { checkCatalog } from "./catalog/check-catalog.js";
export { isCreditsAmount, mostCredits } from "./catalog/check-credits.js";
export {
  type CreditDefinition,
  defaultCreditsPriority,
  type PlanCredits,
} from "./catalog/credits-definition.js";
export { definePlans } from "./catalog/define-plans.js";
export { describeAddOns } from "./catalog/describe-add-ons.js";
export { describeForSale } from "./catalog/describe-for-sale.js";
export { describePlainPlans, sketchPlans } from "./catalog/describe-plain-plans.js";
export {
  type AddOnDescription,
  choosePrice,
  describePlans,
  type FeatureDescription,
  type PlanDescription,
  type PlansDescription,
  type PriceDescription,
  type ProductDescription,
} from "./catalog/describe-plans.js";
export { describeIntros, type IntroDescription, introMonths, introOf } from "./catalog/intro.js";
export { grantsOf, type PlanGrants, withDeparted } from "./catalog/plan-grants.js";
export type {
  IntroDefinition,
  PackagePrice,
  PerSeatPrice,
  PriceDefinition,
  QuantityBounds,
  TierDefinition,
  TieredPrice,
  TierMode,
  UsagePrice,
} from "./catalog/price-definition.js";
export {
  currenciesOf,
  findPlan,
  freePlanId,
  groupOf,
  maximumQuantity,
  type PlanPrice,
  pricesOf,
  type SoldQuantities,
} from "./catalog/prices.js";
export type { ModelPrice, PriceModel } from "./catalog/rates.js";
export { type AddOnRefusal, type PaidPlan, reasonNotSold, refusalOfAddOn } from "./catalog/sell-add-on.js";
export { plainModels, type SoldModel, soldModelsOf } from "./catalog/sold-models.js";
export {
  isTaxBehaviors,
  type TaxBehavior,
  type TaxBehaviors,
  type Taxed,
  taxBehaviorIn,
} from "./catalog/tax-behavior.js";
export {
  describeUsage,
  type PlanUsagePrice,
  type UsageDescription,
  type UsageRate,
  usagePricesOf,
  usageRatesOf,
} from "./catalog/usage-prices.js";
export { withPrivatePlans } from "./catalog/with-private-plans.js";
export type {
  AddOnChange,
  AddOnOutcome,
  AddOnTarget,
  Change,
  ChangeChoice,
  ChangeKind,
  ChangeTarget,
} from "./change/change.js";
export {
  type ChangeDirection,
  type ChangePolicies,
  type ChangePolicy,
  type ChangeTime,
  defaultChangePolicies,
} from "./change/change-policy.js";
export { decideChange } from "./change/decide-change.js";
export { subscriptionToChange } from "./change/find-changeable.js";
export { decideAmount } from "./charges/decide-amount.js";
export { anonymizeConsent, consentOf, earlierConsent } from "./checkout/consent-of.js";
export { type CheckoutChoice, type CheckoutOffer, decideCheckout } from "./checkout/decide-checkout.js";
export { decideCheckoutStatus } from "./checkout/decide-checkout-status.js";
export { decideIntro } from "./checkout/decide-intro.js";
export { decideOpening, type Opening } from "./checkout/decide-opening.js";
export { decideTrial, type TrialStanding } from "./checkout/decide-trial.js";
export { readCheckoutReturn } from "./checkout/read-checkout-return.js";
export {
  availableIn,
  type CreditsState,
  type CreditsStep,
  emptyCredits,
  openCredits,
} from "./credits/credits-state.js";
export {
  type CreditsGrantResult,
  type CreditsGrantWish,
  decideCreditsGrant,
  grantKey,
} from "./credits/decide-credits-grant.js";
export {
  type CreditsShortage,
  type CreditsUse,
  type CreditsUseResult,
  decideCreditsUse,
} from "./credits/decide-credits-use.js";
export {
  type CreditsFacts,
  type DueCredits,
  decideDueCredits,
  plansGrantAgainAt,
  purchaseGrant,
  purchaseGrantId,
} from "./credits/decide-due-credits.js";
export {
  type CommitResult,
  decideCommit,
  decideRelease,
  decideReserve,
  type ReleaseResult,
  type ReserveResult,
  type ReserveWish,
} from "./credits/decide-hold.js";
export {
  decideReclaim,
  decideRevoke,
  type ReclaimResult,
  type ReclaimWish,
  type RevokeWish,
} from "./credits/decide-reclaim.js";
export { chooseTopUp, decideTopUp, isUnderWay, type TopUpProduct } from "./credits/decide-top-up.js";
export { grantsAnew } from "./credits/grants-anew.js";
export { type CreditsPair, type MovedCredits, moveCredits } from "./credits/move-credits.js";
export { type CreditsPack, packsFor } from "./credits/packs-for.js";
export { type CreditsBalance, creditsDueAt, readCreditsBalance } from "./credits/read-credits-balance.js";
export { settleDue } from "./credits/settle-due.js";
export { type CreditsForesight, foreseeCredits, settleGranted } from "./credits/settle-granted.js";
export { settleTopUp, type TopUpOutcome, topUpConfirmMs, topUpGrantId } from "./credits/settle-top-up.js";
export { subscriptionAfter } from "./credits/subscription-after.js";
export { tellCredits } from "./credits/tell-credits.js";
export { tellTopUp } from "./credits/tell-top-up.js";
export { anonymizePurchase, anonymizeSubscription, toldCallbacks } from "./customers/anonymize.js";
export { decideMove } from "./customers/decide-move.js";
export {
  decideChosen,
  decideIdentified,
  decideProvided,
  decidePushed,
  type ProfilePush,
  waitingOf,
} from "./customers/decide-profile.js";
export { assembleEvidence } from "./disputes/assemble-evidence.js";
export {
  type DisputeDecision,
  decideDisputeEvent,
  decideWarningEvent,
} from "./disputes/decide-dispute-event.js";
export { decideDisputeReturn } from "./disputes/decide-dispute-return.js";
export { decideFraudWarning } from "./disputes/decide-fraud-warning.js";
export { type DisputeRules, defaultDisputeRules } from "./disputes/dispute-rules.js";
export { decideExpiring, withExpiring } from "./dunning/decide-expiring.js";
export {
  decideNotice,
  defaultNoticeDays,
  isNoticeCurrent,
  withNotice,
} from "./dunning/decide-notice.js";
export { chooseSubscription } from "./ending/choose-subscription.js";
export { chooseTime } from "./ending/choose-time.js";
export { type CancelDecision, decideCancel } from "./ending/decide-cancel.js";
export { decidePause, type PauseDecision } from "./ending/decide-pause.js";
export { decideResume, type ResumeStep } from "./ending/decide-resume.js";
export { decideRetention } from "./ending/decide-retention.js";
export type { CancelSettlement, EndingAbilities, EndTime, PauseAbility } from "./ending/ending-abilities.js";
export { decideCheckoutEvent } from "./events/decide-checkout-event.js";
export { decideEvent, decideEventRead } from "./events/decide-event.js";
export { decideForeign } from "./events/decide-foreign.js";
export { decideRenewal } from "./events/decide-renewal.js";
export { decideRetry, maximumAttempts } from "./events/decide-retry.js";
export { type EventDecision, eventReasons, type KnownFacts } from "./events/event-decision.js";
export { isBehind } from "./events/is-behind.js";
export { isOverruled } from "./events/is-overruled.js";
export { jobsOf } from "./events/jobs-of.js";
export { type Projection, projectEvent, projectRead, unknownPlanId } from "./events/project-event.js";
export { purchaseOf } from "./events/purchase-of.js";
export { withRead } from "./events/with-read.js";
export { type RecordedChange, recordChange } from "./history/record-change.js";
export { recordFacts } from "./history/record-facts.js";
export { recurringRevenue, revenueParts } from "./history/recurring-revenue.js";
export { sayCause, sayEntry } from "./history/say-entry.js";
export type { FeatureChange } from "./impact/compare-features.js";
export { monthlyAmount } from "./impact/monthly-amount.js";
export type {
  IntroChange,
  MonthlyRevenue,
  OverLimit,
  PlanFeatureChange,
  PlansImpact,
} from "./impact/plans-impact.js";
export { type ImpactedCustomer, tallyImpact } from "./impact/tally-impact.js";
export { decideInvoicePayment } from "./invoices/decide-invoice-payment.js";
export { type AddOnLine, addOnLinesOf, countAddOns, isSameCount } from "./language/add-on-lines.js";
export type {
  BillingEvent,
  BillingEventType,
  CheckoutEvent,
  CustomerEvent,
  DisputeEvent,
  EventClock,
  FraudWarningEvent,
  OutsideEvent,
  PaymentEvent,
  ProfileEvent,
  RefundEvent,
  RenewalEvent,
  SubscriptionEvent,
  UnreadableEvent,
} from "./language/billing-event.js";
export { billingEventTypes } from "./language/billing-event.js";
export type {
  Callback,
  CallbackData,
  CallbackHandlers,
  CallbackType,
  CheckoutCallbackData,
  CreditsLowData,
  DeletedCallbackData,
  DisputeCallbackData,
  DunningCallbackData,
  DunningEndedData,
  DunningNoticeData,
  DuplicateAction,
  DuplicateCallbackData,
  ExpiringCallbackData,
  FraudWarningCallbackData,
  PaymentCallbackData,
  PriceChangeCallbackData,
  ProfileCallbackData,
  PurchaseCallbackData,
  RecoveredCallbackData,
  RefundCallbackData,
  SeatsCallbackData,
  SubscriptionCallbackData,
  ToppedUpData,
  TopUpFailedData,
  UnpaidSeatsData,
  UsageThresholdData,
} from "./language/callback.js";
export { callbackTypes } from "./language/callback.js";
export { type Cancellation, type CancelReason, cancelReasons } from "./language/cancellation.js";
export { type CheckoutRecord, savingSlot } from "./language/checkout-record.js";
export {
  type BillingErrorOptions,
  CodedError,
  type ErrorBody,
  type ErrorDetails,
} from "./language/coded-error.js";
export type { Agreement, Consent } from "./language/consent.js";
export type { CreditEntry } from "./language/credit.js";
export type {
  CreditsAccount,
  CreditsDebt,
  CreditsEntry,
  CreditsEntryKind,
  CreditsGrant,
  CreditsHold,
  CreditsHoldState,
  CreditsPart,
  CreditsSource,
  CreditsSummary,
} from "./language/credits.js";
export {
  type CustomerDocument,
  type ExportedRecord,
  type ExportSection,
  exportSections,
} from "./language/customer-export.js";
export type {
  CustomerProfile,
  KnownField,
  ProfileField,
  ProfileWish,
} from "./language/customer-profile.js";
export {
  type Deletion,
  type DeletionReport,
  type DeletionSettlement,
  type EndedByDeletion,
  type ErasedAtProvider,
  isDeletedCustomer,
  toDeletedCustomer,
} from "./language/deletion.js";
export type { Dispute, FraudWarning } from "./language/dispute.js";
export type {
  CompellingEvidence,
  DisputeEvidence,
  EarlierPayment,
  EvidenceField,
  EvidenceGiven,
  PaymentIdentity,
} from "./language/dispute-evidence.js";
export type { DuplicateRecord } from "./language/duplicate-record.js";
export { type ErrorCode, errorStatus, isErrorCode } from "./language/error-status.js";
export { BillingError } from "./language/errors.js";
export type { EventFacts, EventState, SettledState, UnsettledState } from "./language/event-facts.js";
export type {
  ChangeCause,
  EndingKind,
  HistoryEntry,
  HistoryKind,
  StoredHistoryEntry,
} from "./language/history.js";
export {
  compareIntervals,
  type Interval,
  type IntervalUnit,
  intervalParts,
  isInterval,
  toInterval,
} from "./language/interval.js";
export { type IntroTerms, introCost } from "./language/intro-terms.js";
export type {
  Invoice,
  InvoiceAmounts,
  InvoiceLine,
  InvoiceStatus,
  UpcomingInvoice,
} from "./language/invoice.js";
export { isCustomerId } from "./language/is-customer-id.js";
export { isStorableText } from "./language/is-storable-text.js";
export type { Job } from "./language/job.js";
export {
  type Amounts,
  type Currency,
  formatMoney,
  isMinorUnits,
  type Money,
  minorUnitDigits,
} from "./language/money.js";
export type { Move } from "./language/move.js";
export {
  decideOwnership,
  defaultApp,
  firstStamp,
  type Owner,
  type OwnerStamp,
  type Ownership,
} from "./language/ownership.js";
export type { PaymentMethod, SavedPaymentMethod } from "./language/payment-method.js";
export { holdsGroup, type PlanLine, planLinesOf } from "./language/plan-lines.js";
export {
  isOpenEntry,
  type MigratedPrice,
  type MigrationCounts,
  type MigrationEntry,
  type MigrationEntryReason,
  type MigrationEntryState,
  type MigrationObstacle,
  noMigrationEntries,
  type PriceMigration,
  type PricePromise,
  type StoredMigrationEntry,
  type StoredPriceMigration,
} from "./language/price-migration.js";
export { costOf, type Priced, type PriceRate, type PriceTier } from "./language/price-rate.js";
export type { ProviderRead } from "./language/provider-read.js";
export type { Purchase, PurchaseFact, PurchaseReturn } from "./language/purchase.js";
export type { PaymentBooks, PaymentOf, Refund, RefundAccess, RefundReason } from "./language/refund.js";
export type { DiscountTerms, Retention, RetentionOffer } from "./language/retention.js";
export { sayIntro } from "./language/say-intro.js";
export { sayRate } from "./language/say-rate.js";
export {
  type SeatCount,
  type SeatRecord,
  type SeatsInUse,
  type StoredSeats,
  seatsInUse,
  type ToldSeats,
} from "./language/seats.js";
export type { CancelTime, StoredSubscription } from "./language/subscription.js";
export {
  type AddOnQuantities,
  type Arrears,
  type Dunning,
  type FailedPayment,
  type PendingChange,
  type Period,
  type ProviderSubscription,
  plainSubscription,
  type Subscription,
  type SubscriptionDiscount,
  type SubscriptionItem,
  type SubscriptionPause,
  type SubscriptionStatus,
} from "./language/subscription.js";
export {
  hasEnded,
  hasUsedTrial,
  isActive,
  isLive,
  isTrialOver,
  keepsItsGroup,
} from "./language/subscription-predicates.js";
export { addDays, type Clock, type IsoTime } from "./language/time.js";
export type { CreditsTopUp, TopUpAttempt, TopUpTerms, TopUpTrouble } from "./language/top-up.js";
export type { UsageCap, UsageCapFact, UsageCapOwner } from "./language/usage-cap.js";
export type { UsageReport } from "./language/usage-report.js";
export { listMovements, type Moved, type Movement } from "./metrics/list-movements.js";
export { metricsCsv } from "./metrics/metrics-csv.js";
export type {
  Cohort,
  CurrencyMetrics,
  CustomerFigures,
  MetricsReport,
  MetricsSpan,
  PaymentFigures,
  RevenueFigures,
  TrialFigures,
  WebhookFigures,
} from "./metrics/metrics-report.js";
export { type MetricsStep, metricsSpans } from "./metrics/metrics-spans.js";
export { addMovements, sumMovements } from "./metrics/sum-movements.js";
export { tallyMetrics } from "./metrics/tally-metrics.js";
export type { AddOnOffer, AddOnOffers, AddOnTerms } from "./offer/add-on-offer.js";
export { decideAddOnOffers } from "./offer/decide-add-on-offers.js";
export { decideOffers, type OfferInput } from "./offer/decide-offers.js";
export {
  findOffer,
  offerForChoice,
  offersToMember,
  offerToAnyone,
  type PlanChoice,
} from "./offer/offer-to.js";
export { type HeldPlan, heldIn, ownPriceOf, withOwnPrice } from "./offer/own-price.js";
export type { PlanOffer, PlanOffers } from "./offer/plan-offer.js";
export { type PlanBill, switchTime } from "./offer/switch-time.js";
export { decideRemoval, type PaymentMethodRemoval } from "./payment-methods/decide-removal.js";
export { markDefault, type RenewingSubscription } from "./payment-methods/mark-default.js";
export { decidePortal, type PortalHolding } from "./portal/decide-portal.js";
export type { PortalAbility, SeveralProviders } from "./portal/portal-ability.js";
export { listPortalOffers, type PortalOffer, type PortalPlan } from "./portal/portal-offers.js";
export type { CheckoutKind, ContentSecurity, PaymentDirective } from "./ports/content-security.js";
export type { BillingProvider } from "./ports/provider.js";
export type {
  CatalogChange,
  CatalogPush,
  MappedCatalog,
  ProviderCatalog,
  PushedCatalog,
} from "./ports/provider-catalog.js";
export type {
  ChangeCost,
  ChangeLine,
  NextInvoice,
  ProviderChange,
  ProviderChangeOutcome,
  ProviderChangePreview,
  ProviderChanges,
} from "./ports/provider-changes.js";
export type { ProviderCharge, ProviderCharges } from "./ports/provider-charges.js";
export type {
  CheckoutProduct,
  OpenCheckoutInput,
  ProviderCheckout,
  ProviderCheckouts,
} from "./ports/provider-checkout.js";
export type { CreditAccount, ProviderCredit } from "./ports/provider-credit.js";
export type {
  CustomersMadeByCheckout,
  CustomersMadeFirst,
  CustomersSameAsApp,
  ProviderCustomer,
  ProviderCustomers,
} from "./ports/provider-customers.js";
export type {
  DisputeFacts,
  FoundDispute,
  FoundWarning,
  ProviderDisputes,
} from "./ports/provider-disputes.js";
export type { ProviderDiscounts, ProviderEndings } from "./ports/provider-endings.js";
export type { ProviderEvents } from "./ports/provider-events.js";
export type { InvoicePayment, ProviderInvoices } from "./ports/provider-invoices.js";
export type {
  PortalFlow,
  ProviderManagement,
  ProviderPortal,
} from "./ports/provider-management.js";
export type {
  OpenSavingInput,
  ProviderPaymentMethods,
} from "./ports/provider-payment-methods.js";
export type { BilledAtPrice, PriceMove, ProviderPriceMigrations } from "./ports/provider-price-migrations.js";
export type { ProviderPromotions } from "./ports/provider-promotions.js";
export type { FoundRefund, ProviderRefunds, RefundablePayment } from "./ports/provider-refunds.js";
export type {
  FoundSubscription,
  ProviderPage,
  ProviderSubscriptions,
  SubscriptionRef,
} from "./ports/provider-subscriptions.js";
export type { ProviderUsage } from "./ports/provider-usage.js";
export type { AccessFacts, AccessReads, UsageFact } from "./ports/store/access.js";
export type { Attempts } from "./ports/store/attempts.js";
export type {
  CallbackFilter,
  CallbackOutbox,
  CallbackPage,
  CallbackQueue,
  CallbackRecord,
  CallbackState,
  EndedCallback,
  TakenCallback,
} from "./ports/store/callbacks.js";
export type { ChangeFeed, ChangeListener } from "./ports/store/changes.js";
export type { CheckoutOutcome } from "./ports/store/checkouts.js";
export type {
  CreditsBooks,
  CreditsOf,
  CreditsPage,
  CreditsQuery,
  CreditsSave,
  StoredCredits,
} from "./ports/store/credits.js";
export type { CustomerLink, ProfileWrite, StoredCustomer } from "./ports/store/customers.js";
export type { DeletionCommands, DeletionReads, FinishedDeletion } from "./ports/store/deletions.js";
export type { DuplicateReads, DuplicateRefund, DuplicateScope } from "./ports/store/duplicates.js";
export type {
  EventCommands,
  EventHead,
  EventInbox,
  EventPage,
  EventReads,
  EventRecord,
  KeptEvent,
  Settlement,
  UnmatchedEvent,
} from "./ports/store/events.js";
export type { ExportPage, ExportReads } from "./ports/store/exports.js";
export type { StoreHealth, UnheardType, UnreportedUsage } from "./ports/store/health.js";
export type {
  FactSum,
  HistoryMoment,
  HistoryPage,
  HistoryReads,
  HistorySums,
  InboxSum,
  MovementKind,
  MovementSum,
  SumsWish,
} from "./ports/store/history.js";
export type { Installation, Installations } from "./ports/store/installation.js";
export type {
  JobFailure,
  JobHandlers,
  JobQueue,
  JobReport,
  JobSchedule,
  TakenJob,
} from "./ports/store/jobs.js";
export type { Loops, LoopTurn, StoreLoop } from "./ports/store/loops.js";
export type { MemberBooks, MemberOf, MemberUse } from "./ports/store/members.js";
export type { PlanCount, PlanMemory, PriceCount } from "./ports/store/plans.js";
export type {
  DueMigrationEntry,
  MigrationPage,
  PriceMigrationCommands,
  PriceMigrationReads,
} from "./ports/store/price-migrations.js";
export type { RateLimit, RateLimitAnswer, RateLimits } from "./ports/store/rate-limits.js";
export type {
  EventStanding,
  ReconcileFacts,
  ReconcileProgress,
  ReconcileRun,
  Reconciliations,
} from "./ports/store/reconciliations.js";
export type { Rounds } from "./ports/store/rounds.js";
export type { SeatCommands, SeatReads, SeatWrite } from "./ports/store/seats.js";
export type { SubscriptionSave, SubscriptionWrite } from "./ports/store/subscriptions.js";
export type { AccessTerms, TermsMemory } from "./ports/store/terms.js";
export type {
  EntryMember,
  MemberOutcome,
  TakenUsageReport,
  UsageAlert,
  UsageCapWrite,
  UsageCounter,
  UsageEntry,
  UsageOutcome,
  UsageReportEnd,
  UsageReports,
} from "./ports/store/usage.js";
export type { AttemptEnd, FailureNote, WorkFeed, WorkKind, WorkTiming } from "./ports/store/work.js";
export type { Store, StoreCommands, StoreReads } from "./ports/store.js";
export type { WebhookEndpoint } from "./ports/webhook-endpoint.js";
export { decideEntryStep, type EntryStep } from "./price-migrations/decide-entry-step.js";
export {
  type FoundCustomer,
  findMigrating,
  type MigratingCustomer,
  type MigrationFinding,
  type MigrationScope,
} from "./price-migrations/find-migrating.js";
export { firstRenewal } from "./price-migrations/first-renewal.js";
export type {
  MigratedBill,
  MigratedCustomer,
  MigrationBlock,
  MigrationSkip,
  PriceMigrationPreview,
  SkippedCustomer,
} from "./price-migrations/price-migration-preview.js";
export { promiseHolds } from "./price-migrations/promise-holds.js";
export { toPriceChange } from "./price-migrations/to-price-change.js";
export type { ReplacedIntro } from "./promotions/compare-with-intro.js";
export { compareWithPaidTrial, type ReplacedTrial } from "./promotions/compare-with-paid-trial.js";
export { decidePromotion, type PromotionDecision } from "./promotions/decide-promotion.js";
export type { Promotion, PromotionCode, PromotionRefusal } from "./promotions/promotion-code.js";
export { compareSubscription } from "./reconcile/compare-subscription.js";
export { decideCoverage } from "./reconcile/decide-coverage.js";
export type { Difference, DifferenceCause, FieldDifference } from "./reconcile/difference.js";
export type { CustomerClaim, DifferenceFacts, ListedEvent } from "./reconcile/difference-facts.js";
export { explainDifference, isMissed, isYoung } from "./reconcile/explain-difference.js";
export {
  type ComparedSubscription,
  type FoundDifference,
  findDifference,
} from "./reconcile/find-difference.js";
export { packRecord, unpackRecord, writtenEarlier } from "./records/pack-record.js";
export { isPlaceholder } from "./redaction/is-placeholder.js";
export { redactText } from "./redaction/redact-text.js";
export { decidePurchaseReturn, type PurchaseReturnDecision } from "./refunds/decide-purchase-return.js";
export { decideRefund, type RefundDecision, refundableOf } from "./refunds/decide-refund.js";
export { decideRefundEvent } from "./refunds/decide-refund-event.js";
export { decideReturn, type ReturnRule } from "./refunds/decide-return.js";
export { acceptCount, type DueSeats, dueSeats, type SeatReport } from "./seats/accept-count.js";
export { decideSeats, type SeatRules, type SeatStep, type SeatTarget } from "./seats/decide-seats.js";
export { type HeldSeats, holdingSeats } from "./seats/holding-seats.js";
export { paidSeats } from "./seats/paid-seats.js";
export { seatFeatureOf, seatGroupsOf, seatsFor, seatUsage, soldSeats } from "./seats/sold-seats.js";
export { decideCompletion } from "./second-subscriptions/decide-completion.js";
export { type DuplicateDecisions, decideDuplicates } from "./second-subscriptions/decide-duplicates.js";
export { decideEnding, type Ending, type EndingAbility } from "./second-subscriptions/decide-ending.js";
export { type Duplicate, findDuplicates } from "./second-subscriptions/find-duplicates.js";
export { findSuperseded, type Superseded } from "./second-subscriptions/find-superseded.js";
export { countedFromOf } from "./usage/carry-counts.js";
export { mostUnitsFor } from "./usage/most-units-for.js";
export { tellThreshold } from "./usage/tell-threshold.js";
