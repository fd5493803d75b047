/** One address or several, with commas between them; `null`: one of them is none. */
export function readEmails(value: unknown): readonly string[] | null {
  if (typeof value !== "string" || value.length > 2_000) return null;
  const emails = new Set(value.split(",").map((email) => email.trim().toLowerCase()));
  return [...emails].every((email) => /^[^\s@]+@[^\s@]+$/.test(email)) ? [...emails] : null;
}
