/** The card networks that the form recognises from a number's first digits. */
export type CardBrand =
  | "visa"
  | "mastercard"
  | "amex"
  | "discover"
  | "diners"
  | "jcb"
  | "unionpay"
  | "unknown";

interface BrandRule {
  readonly prefix: RegExp;
  readonly lengths: readonly number[];
  /** Sizes of the groups that the digits are written in. */
  readonly groups: readonly number[];
  readonly cvcLength: number;
}

const fourByFour = [4, 4, 4, 4, 3];

const brandRules: Readonly<Record<CardBrand, BrandRule>> = {
  visa: { prefix: /^4/, lengths: [16], groups: fourByFour, cvcLength: 3 },
  mastercard: {
    prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: fourByFour,
    cvcLength: 3,
  },
  amex: { prefix: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvcLength: 4 },
  discover: { prefix: /^6(011|5|4[4-9])/, lengths: [16], groups: fourByFour, cvcLength: 3 },
  diners: { prefix: /^3(0[0-5]|[689])/, lengths: [14, 16], groups: [4, 6, 4], cvcLength: 3 },
  jcb: { prefix: /^35/, lengths: [16], groups: fourByFour, cvcLength: 3 },
  unionpay: { prefix: /^62/, lengths: [16, 17, 18, 19], groups: fourByFour, cvcLength: 3 },
  unknown: { prefix: /^/, lengths: [16], groups: fourByFour, cvcLength: 3 },
};

const brandOrder = [
  "visa",
  "mastercard",
  "amex",
  "discover",
  "diners",
  "jcb",
  "unionpay",
  "unknown",
] as const;

export function toDigits(text: string): string {
  return text.replace(/\D/g, "");
}

export function decideBrand(digits: string): CardBrand {
  if (digits === "") return "unknown";
  return brandOrder.find((brand) => brandRules[brand].prefix.test(digits)) ?? "unknown";
}

export function cvcLength(brand: CardBrand): number {
  return brandRules[brand].cvcLength;
}

/** Writes digits in the network's groups and drops what is too long: `4242424242` → `4242 4242 42`. */
export function formatCardNumber(text: string): string {
  const all = toDigits(text);
  const { groups, lengths } = brandRules[decideBrand(all)];
  const digits = all.slice(0, Math.max(...lengths));
  const parts: string[] = [];
  let at = 0;
  for (const size of groups) {
    if (at >= digits.length) break;
    parts.push(digits.slice(at, at + size));
    at += size;
  }
  return parts.join(" ");
}

/** `empty`, still being typed, impossible, or good. */
export function checkCardNumber(text: string): "empty" | "incomplete" | "invalid" | "complete" {
  const digits = toDigits(text);
  if (digits === "") return "empty";
  const { lengths } = brandRules[decideBrand(digits)];
  if (digits.length < Math.min(...lengths)) return "incomplete";
  return lengths.includes(digits.length) && passesLuhn(digits) ? "complete" : "invalid";
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
