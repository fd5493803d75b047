import type { DisputeEvidence, EarlierPayment, PaymentIdentity } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";

type Evidence = Stripe.DisputeUpdateParams.Evidence;

/**
 * Notes evidence (https://docs.stripe.com/api/disputes/update), and submits it only if that is asked for: Stripe submits
 * by default, and the bank reads what it gets once.
 */
export async function saveEvidence(
  call: CallStripe,
  { evidence, submit }: { readonly evidence: DisputeEvidence; readonly submit: boolean },
): Promise<void> {
  const params = submit ? { submit } : { evidence: toEvidence(evidence), submit };
  await call((client) => client.disputes.update(evidence.dispute.id, params));
}

/** A receipt and terms are files at Stripe; as addresses and times they go into the text. */
function toEvidence({ fields, compelling }: DisputeEvidence): Evidence {
  const { account, plan, termsAccepted, invoice, receipt, text } = fields;
  const lines = [
    account && `Account: ${account}`,
    plan && `Plan: ${plan}`,
    invoice && `Invoice: ${invoice}`,
    receipt && `Receipt: ${receipt}`,
    termsAccepted && `Terms accepted: ${termsAccepted}`,
    text,
  ].filter(Boolean);
  const named = {
    product_description: fields.productDescription,
    service_date: fields.serviceDate,
    customer_email_address: fields.customerEmail,
    customer_name: fields.customerName,
    billing_address: fields.billingAddress,
    customer_purchase_ip: fields.purchaseIp,
    access_activity_log: fields.accessLog,
    uncategorized_text: lines.length > 0 ? lines.join("\n") : undefined,
  };
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  if (compelling === null) return given;
  const description = fields.productDescription ?? fields.plan ?? "";
  const visa = {
    disputed_transaction: {
      ...identityOf(compelling.disputed),
      merchandise_or_services: "services",
      product_description: description,
    },
    prior_undisputed_transactions: compelling.earlier.map((one) => priorOf(one, description)),
  } as const;
  return { ...given, enhanced_evidence: { visa_compelling_evidence_3: visa } };
}

function priorOf({ paymentId, identity, description }: EarlierPayment, otherwise: string) {
  return { charge: paymentId, ...identityOf(identity), product_description: description ?? otherwise };
}

function identityOf(identity: PaymentIdentity) {
  return {
    ...(identity.accountId && { customer_account_id: identity.accountId }),
    ...(identity.customerEmail && { customer_email_address: identity.customerEmail }),
    ...(identity.purchaseIp && { customer_purchase_ip: identity.purchaseIp }),
    ...(identity.deviceId && { customer_device_id: identity.deviceId }),
    ...(identity.deviceFingerprint && { customer_device_fingerprint: identity.deviceFingerprint }),
  };
}
