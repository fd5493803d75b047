/**
 * The check digit of card numbers (ISO/IEC 7812-1, annex B) for any window of some digits, at the cost of a
 * subtraction: it sums once from the beginning, with the digits at odd places doubled and with those at even places
 * doubled.
 *
 * @returns a function of a window's beginning and of the place after its end
 */
export function createLuhn(digits: readonly number[]): (start: number, end: number) => boolean {
  const sums: [oddDoubled: number, evenDoubled: number][] = [[0, 0]];
  let [oddDoubled, evenDoubled] = [0, 0];
  for (const [place, digit] of digits.entries()) {
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    oddDoubled += place % 2 === 1 ? doubled : digit;
    evenDoubled += place % 2 === 0 ? doubled : digit;
    sums.push([oddDoubled, evenDoubled]);
  }
  return (start, end) => {
    // The last digit counts as it is, the one before it twice.
    const row = end % 2 === 1 ? 0 : 1;
    return ((sums[end]?.[row] ?? 0) - (sums[start]?.[row] ?? 0)) % 10 === 0;
  };
}
