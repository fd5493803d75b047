import type { Dispute } from "../language/dispute.js";
import type {
  CompellingEvidence,
  DisputeEvidence,
  EarlierPayment,
  EvidenceField,
  EvidenceGiven,
  PaymentIdentity,
} from "../language/dispute-evidence.js";
import type { IsoTime } from "../language/time.js";

const dayMs = 86_400_000;
/** Visa counts calendar days before the disputed payment: 120 to 365, both included. */
const youngestDays = 120;
const oldestDays = 365;

/** In the order in which somebody reads them. */
const allFields = [
  ...(["account", "plan", "productDescription", "serviceDate", "customerEmail", "customerName"] as const),
  ...(["billingAddress", "purchaseIp", "accessLog", "termsAccepted", "invoice", "receipt"] as const),
] as const satisfies readonly EvidenceField[];

/**
 * The evidence about a dispute: what is known of it, and by name what nobody has given. Where Visa's rules for Compelling
 * Evidence 3.0 may apply, also two earlier undisputed payments of the same card with what identifies the payer in each;
 * it is complete when two identifiers are the same in all three, one of them an IP address or a device.
 *
 * @param input.known what the provider and the store hold
 * @param input.given what only the app can know, which counts before what is known
 * @example
 * function isWeak(evidence: DisputeEvidence): boolean {
 *   return evidence.missing.includes("accessLog") && evidence.compelling?.complete !== true;
 * }
 */
export function assembleEvidence(input: {
  readonly dispute: Dispute;
  readonly known: Readonly<Partial<Record<EvidenceField, string | null>>>;
  readonly payment: { readonly paidAt: IsoTime; readonly identity: PaymentIdentity };
  /** Whether it is Visa's reason 10.4, fraud without the card present. */
  readonly isVisaFraud: boolean;
  /** Other payments of the same card that were neither disputed nor paid back. */
  readonly earlier: readonly EarlierPayment[];
  readonly given: EvidenceGiven;
}): DisputeEvidence {
  const { dispute, known, given } = input;
  const values = { ...known, ...given.fields };
  const fields = Object.fromEntries(
    allFields.flatMap((name) => (values[name] ? [[name, values[name]] as const] : [])),
  );
  return {
    dispute,
    fields: given.text === undefined ? fields : { ...fields, text: given.text },
    missing: allFields.filter((name) => !Object.hasOwn(fields, name)),
    compelling: input.isVisaFraud ? compellingOf(input) : null,
  };
}

function compellingOf({
  payment,
  earlier,
  given,
}: Parameters<typeof assembleEvidence>[0]): CompellingEvidence | null {
  const paid = Date.parse(payment.paidAt);
  const own = { ...payment.identity, ...dropEmpty(given.fields?.purchaseIp, given.device) };
  const candidates = earlier
    .filter(({ paidAt }) => isInWindow(paid - Date.parse(paidAt)))
    .map((one) => ({ ...one, identity: { ...one.identity, ...given.earlier?.[one.paymentId] } }))
    .map((one) => ({ one, matches: matchesOf(own, one.identity) }))
    .sort((a, b) => b.matches.length - a.matches.length || b.one.paidAt.localeCompare(a.one.paidAt));
  const [first, second] = candidates;
  if (first === undefined || second === undefined) return null;
  const shared = first.matches.filter((name) => second.matches.includes(name));
  const complete = shared.length >= 2 && shared.some((name) => strong.has(name));
  return { disputed: own, earlier: [first.one, second.one], matching: shared, complete };
}

function isInWindow(ageMs: number): boolean {
  const days = Math.floor(ageMs / dayMs);
  return days >= youngestDays && days <= oldestDays;
}

/** One of these has to match: an account and an address of mail alone may be anybody's. */
const strong: ReadonlySet<keyof PaymentIdentity> = new Set(["purchaseIp", "deviceId", "deviceFingerprint"]);
const identifiers = [
  ...(["accountId", "customerEmail", "purchaseIp", "deviceId", "deviceFingerprint"] as const),
] as const satisfies readonly (keyof PaymentIdentity)[];

function matchesOf(own: PaymentIdentity, other: PaymentIdentity): readonly (keyof PaymentIdentity)[] {
  return identifiers.filter((name) => Boolean(own[name]) && own[name] === other[name]);
}

function dropEmpty(purchaseIp: string | undefined, device: EvidenceGiven["device"]): PaymentIdentity {
  return { ...(purchaseIp !== undefined && { purchaseIp }), ...device };
}
