import type { Route } from "../params/route.js";
import { applicationFeeRoutes } from "./application-fees.js";
import { balanceTransactionRoutes } from "./balance-transactions.js";
import { chargeRefundRoutes } from "./charge-refunds.js";
import { chargeRoutes } from "./charges.js";
import { disputeRoutes } from "./disputes.js";
import { earlyFraudWarningRoutes } from "./early-fraud-warnings.js";
import { microdepositRoutes } from "./microdeposits.js";
import { paymentIntentRoutes } from "./payment-intents.js";
import { payoutRoutes } from "./payouts.js";
import { refundRoutes } from "./refunds.js";
import { setupAttemptRoutes } from "./setup-attempts.js";
import { setupIntentRoutes } from "./setup-intents.js";
import { transferRoutes } from "./transfers.js";

export const paymentsWing: Route[] = [
  ...paymentIntentRoutes,
  ...setupIntentRoutes,
  ...setupAttemptRoutes,
  ...chargeRoutes,
  ...chargeRefundRoutes,
  ...microdepositRoutes,
  ...refundRoutes,
  ...balanceTransactionRoutes,
  ...disputeRoutes,
  ...earlyFraudWarningRoutes,
  ...applicationFeeRoutes,
  ...transferRoutes,
  ...payoutRoutes,
];
