import { IntegrationError } from "../dom/integration-error.js";

/** Stripe.js methods that the sandbox does not play. Each one says so, rather than pretending. */
const methodNames = [
  "confirmAcssDebitPayment",
  "confirmUsBankAccountPayment",
  "confirmAlipayPayment",
  "confirmAuBecsDebitPayment",
  "confirmBancontactPayment",
  "confirmBilliePayment",
  "confirmBlikPayment",
  "confirmBoletoPayment",
  "confirmCashappPayment",
  "confirmCustomerBalancePayment",
  "confirmEpsPayment",
  "confirmFpxPayment",
  "confirmGiropayPayment",
  "confirmGrabPayPayment",
  "confirmIdealPayment",
  "confirmKlarnaPayment",
  "confirmKonbiniPayment",
  "confirmMobilepayPayment",
  "confirmMultibancoPayment",
  "confirmOxxoPayment",
  "confirmPayByBankPayment",
  "confirmPayNowPayment",
  "confirmPayPalPayment",
  "confirmPixPayment",
  "confirmPromptPayPayment",
  "confirmSepaDebitPayment",
  "confirmSofortPayment",
  "confirmTwintPayment",
  "confirmWechatPayPayment",
  "confirmAffirmPayment",
  "confirmAfterpayClearpayPayment",
  "confirmAcssDebitSetup",
  "confirmUsBankAccountSetup",
  "confirmAuBecsDebitSetup",
  "confirmBacsDebitSetup",
  "confirmBancontactSetup",
  "confirmBlikSetup",
  "confirmCashappSetup",
  "confirmIdealSetup",
  "confirmAmazonPaySetup",
  "confirmPayPalSetup",
  "confirmSepaDebitSetup",
  "confirmSofortSetup",
  "verifyMicrodepositsForPayment",
  "verifyMicrodepositsForSetup",
  "collectBankAccountForPayment",
  "collectBankAccountForSetup",
  "createRadarSession",
  "createToken",
  "processOrder",
  "retrieveOrder",
  "verifyIdentity",
  "collectFinancialConnectionsAccounts",
  "collectBankAccountToken",
  "createEphemeralKeyNonce",
  "initializePricing",
] as const;

const syncMethodNames = ["paymentRequest", "initCheckoutFormSdk"] as const;

/** Rejecting (or, where Stripe's own answer is synchronous, throwing) functions for everything in the lists. */
export function notSimulatedMethods(): Record<string, (...args: unknown[]) => unknown> {
  const methods: Record<string, (...args: unknown[]) => unknown> = {};
  for (const name of methodNames) methods[name] = () => Promise.reject(toError(name));
  for (const name of syncMethodNames) {
    methods[name] = () => {
      throw toError(name);
    };
  }
  return methods;
}

function toError(name: string): IntegrationError {
  return new IntegrationError(`stripe.${name}() is not simulated by the Tollgate sandbox.`);
}
