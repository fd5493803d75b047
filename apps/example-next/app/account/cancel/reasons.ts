/** What people may choose when they leave, in the words of the page. */
export const reasons = {
  too_expensive: "It costs too much",
  missing_features: "Something is missing",
  unused: "I don't use it enough",
  switched_service: "I use something else now",
  other: "Another reason",
} as const;

type Reason = keyof typeof reasons;

/** The reason that a form sent; `null` when none was chosen. */
export function reasonOf(value: FormDataEntryValue | null): Reason | null {
  return typeof value === "string" && Object.hasOwn(reasons, value) ? (value as Reason) : null;
}
