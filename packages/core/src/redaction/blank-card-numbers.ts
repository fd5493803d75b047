import { createLuhn } from "./luhn.js";

/** The zeros of the digits that people write numbers with: ASCII, Arabic, Persian, Devanagari, full width. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0xff10];
const digit = `[${zeros.map((zero) => `${toEscape(zero)}-${toEscape(zero + 9)}`).join("")}]`;
/**
 * What may stand between two digits of one number: spaces of every width, dashes, dots, slashes and the like, and how
 * URLs, JSON and HTML write these. Not what separates one value from the next (commas, colons, quotes, brackets).
 */
const between = String.raw`(?:%(?:20|2[BDEFbdef]|C2%A0|c2%a0)|\\u00a0|\\[nrt]|&nbsp;|[\s\p{Cf}\p{Pd}./\\_+*·•|])`;
const numbers = new RegExp(`${digit}(?:${between}{0,4}${digit}){12,}`, "gu");
const tokens = new RegExp(`${between}|(${digit})`, "gu");
/** Digits alone or in groups, as on a card: whatever such a number begins with. */
const asOnCard = /^\d(?:[ -]?\d){13,18}$/;

/**
 * How the numbers of payment cards begin, and how many digits they then have (ISO/IEC 7812, and what the networks
 * publish). None begins with 1, as times in milliseconds do.
 */
const networks: readonly (readonly [beginning: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720)|9792)/, [16]],
  [/^3[47]/, [15]],
  [/^3[0689]/, [14, 16, 19]],
  [/^(?:35|220[0-4]|50|5[6-9]|6|8[12])/, [16, 17, 18, 19]],
];
/** How many digits of other numbers may touch both ends of a number that is written in groups. */
const mostCutOff = 6;

interface Digit {
  readonly value: number;
  readonly from: number;
  readonly to: number;
  /** Counts the runs of digits that nothing separates. */
  readonly run: number;
}

/**
 * Text without the numbers of payment cards, whatever touches them. In everything that could be one number, every
 * window of 13 to 19 digits is blanked that begins like some network's numbers, has their length and the right check
 * digit. So one in ten windows that look like a card but are not is blanked too: long ids made only of digits lose some
 * of them. Times, dates, amounts and ids with letters stay.
 *
 * @example
 * blankCardNumbers("row 7 4242424242424242 12/30"); // "row 7 …", since the date may be the number's end
 */
export function blankCardNumbers(text: string): string {
  return text.replace(numbers, (number) => {
    const digits = readDigits(number);
    return blank(number, digits, findCards(digits, asOnCard.test(number)));
  });
}

function readDigits(number: string): readonly Digit[] {
  const digits: Digit[] = [];
  let run = 0;
  for (const { 1: one, index } of number.matchAll(tokens)) {
    if (one === undefined) run += 1;
    else digits.push({ value: toNumber(one), from: index, to: index + one.length, run });
  }
  return digits;
}

/** Which digits belong to a card's number. @param whole Whether all of them look like one, whatever they begin with. */
function findCards(digits: readonly Digit[], whole: boolean): readonly boolean[] {
  const isCard = digits.map(() => false);
  const check = createLuhn(digits.map(({ value }) => value));
  if (whole && check(0, digits.length)) return isCard.fill(true);
  const text = digits.map(({ value }) => value).join("");
  for (let start = 0; start < digits.length; start += 1) {
    for (const length of lengthsAt(text.slice(start, start + 4))) {
      const end = start + length;
      if (end <= digits.length && check(start, end) && isOneNumber(digits, start, end))
        isCard.fill(true, start, end);
    }
  }
  return isCard;
}

function lengthsAt(beginning: string): readonly number[] {
  return networks.find(([shape]) => shape.test(beginning))?.[1] ?? [];
}

/**
 * Whether a window over several runs may be one number in groups. Two long numbers side by side, such as times, are
 * not: the window would cut more off them than a neighbour that touches a card has.
 */
function isOneNumber(digits: readonly Digit[], start: number, end: number): boolean {
  if (digits[start]?.run === digits[end - 1]?.run) return true;
  let cutOff = 0;
  for (let at = start - 1; digits[at]?.run === digits[start]?.run && cutOff <= mostCutOff; at -= 1)
    cutOff += 1;
  for (let at = end; digits[at]?.run === digits[end - 1]?.run && cutOff <= mostCutOff; at += 1) cutOff += 1;
  return cutOff <= mostCutOff;
}

function blank(number: string, digits: readonly Digit[], isCard: readonly boolean[]): string {
  let blanked = "";
  let at = 0;
  for (const [n, { from, to }] of digits.entries()) {
    if (!isCard[n]) continue;
    if (!isCard[n - 1]) blanked += `${number.slice(at, from)}…`;
    at = to;
  }
  return blanked + number.slice(at);
}

function toNumber(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  return codePoint - (zeros.findLast((zero) => zero <= codePoint) ?? 0);
}

function toEscape(codePoint: number): string {
  return `\\u${codePoint.toString(16).padStart(4, "0")}`;
}
