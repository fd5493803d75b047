/** Stripe's decimals have at most twelve places; here they are whole numbers of 10^-12. */
const places = 12;
const one = 10n ** BigInt(places);

const pattern = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;

/** Whether a text is a decimal that Stripe would read. */
export const isDecimal = (text: string): boolean => pattern.test(text);

/** The decimal as a whole number of 10^-12, exactly. */
export const toScaled = (value: number | string): bigint => {
  const match = pattern.exec(String(value));
  if (!match) throw new RangeError(`${value} is no decimal of at most ${places} places`);
  const [, sign, whole = "0", fraction = ""] = match;
  const scaled = BigInt(whole) * one + BigInt(fraction.padEnd(places, "0"));
  return sign === "-" ? -scaled : scaled;
};

/** Writes it as Stripe does: no zeros at the end, no point without a fraction. */
export const fromScaled = (scaled: bigint): string => {
  const size = scaled < 0n ? -scaled : scaled;
  const fraction = String(size % one)
    .padStart(places, "0")
    .replace(/0+$/, "");
  return `${scaled < 0n ? "-" : ""}${size / one}${fraction === "" ? "" : `.${fraction}`}`;
};

/** The product of two scaled numbers as the nearest whole number; halves are rounded away from zero. */
export const roundProduct = (left: bigint, right: bigint): number =>
  Number(divideHalfUp(left * right, one * one));

/** The nearest whole number; halves go away from zero. */
export const roundHalfUp = (scaled: bigint): number => Number(divideHalfUp(scaled, one));

const divideHalfUp = (value: bigint, by: bigint): bigint => {
  const size = value < 0n ? -value : value;
  const rounded = (size * 2n + by) / (by * 2n);
  return value < 0n ? -rounded : rounded;
};

/** How many whole packages of `size` a scaled quantity fills. */
export const packagesOf = (quantity: bigint, size: number, round: string): bigint => {
  const scaledSize = BigInt(size) * one;
  const full = quantity / scaledSize;
  return (round === "up" && quantity % scaledSize > 0n ? full + 1n : full) * one;
};

/** A decimal's value if it is whole, otherwise null: `unit_amount` next to `unit_amount_decimal`. */
export const wholeOrNull = (text: string): number | null => {
  const scaled = toScaled(text);
  return scaled % one === 0n ? Number(scaled / one) : null;
};

/** The same decimal in its shortest form. */
export const shortest = (text: number | string): string => fromScaled(toScaled(text));
