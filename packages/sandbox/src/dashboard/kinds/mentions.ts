/** Whether a text occurs anywhere in a value. */
export const mentions = (value: unknown, text: string): boolean => {
  if (typeof value === "string") return value === text;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => mentions(inner, text));
};
