import { BillingError, type ErrorCode, redactText } from "@tollgate/core";
import type * as z from "zod";

/**
 * Parses what was sent by its schema.
 *
 * @throws BillingError with `code`, naming the first key that is wrong in `details.key`.
 */
export function parseInput<T>(schema: z.ZodType<T>, sent: unknown, code: ErrorCode): T {
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const issue = firstIssue(result.error.issues);
  const key = issue?.path.join(".") || (issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : "");
  const problem = shorten(issue?.message ?? "Invalid input");
  if (key === "") throw new BillingError(code, problem);
  throw new BillingError(code, `${shorten(key)}: ${problem}`, { details: { key: shorten(key) } });
}

/** Names what is wrong without echoing a body's worth of it, or a secret key that was sent by mistake. */
function shorten(sent: string): string {
  const text = redactText(sent);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

type Issue = z.core.$ZodIssue;

/** Of a union, the alternative that came closest is the one that was meant. */
function firstIssue(issues: readonly Issue[]): Issue | undefined {
  const [issue] = issues;
  if (issue?.code !== "invalid_union") return issue;
  const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0];
  return firstIssue(closest ?? []) ?? issue;
}
