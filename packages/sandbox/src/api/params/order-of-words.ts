/**
 * The orders in which recorded refusals list the words of a parameter. Of all others the order is the SDK's, which
 * declares them by the alphabet: no recording says whether Stripe's refusals do.
 */
const recorded: readonly (readonly string[])[] = [
  ["allow_incomplete", "error_if_incomplete", "pending_if_incomplete", "default_incomplete"],
  ["draft", "open", "void", "paid", "uncollectible"],
  ["include", "exclude"],
  ["month", "year", "week", "day"],
];

/** The words that a parameter takes, in Stripe's order where that is known. */
export const inStripesOrder = (values: readonly string[]): readonly string[] =>
  recorded.find((order) => order.length === values.length && order.every((word) => values.includes(word))) ??
  values;
