import { redactText } from "@tollgate/core";

/** A key whose value is nobody's business, whatever it looks like. */
const privateKey =
  /password|passwd|passphrase|passcode|\bpwd\b|secret|token|credential|signature|authorization|cookie|(?:api|private|access|signing|encryption)[_-]?key|card.?number|\bcvc\b|\bcvv\b/i;

const deepest = 6;
const mostEntries = 100;

/** A copy of the fields, safe to log: plain data only, secrets blanked by their key or their shape. */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

/** An error as fields for the log, its causes included, with anything that looks like a secret blanked. */
export function describeError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { thrown: redactText(safeString(error)) };
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  const inner = error instanceof AggregateError ? error.errors.slice(0, deepest) : [];
  const deeper = depth < deepest;
  return {
    name: redactText(String(name)),
    message: redactText(String(message)),
    ...(typeof code === "string" || typeof code === "number" ? { code: redactText(String(code)) } : {}),
    ...(stack ? { stack: redactText(String(stack)) } : {}),
    ...(cause === undefined || !deeper ? {} : { cause: describeError(cause, depth + 1) }),
    ...(inner.length === 0 || !deeper ? {} : { errors: inner.map((one) => describeError(one, depth + 1)) }),
  };
}

function redactObject(object: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(object).slice(0, mostEntries);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      redactText(key),
      isPrivate(key, value) ? "…" : redactValue(value, depth + 1),
    ]),
  );
}

function isPrivate(key: string, value: unknown): boolean {
  return privateKey.test(key) && value !== null && value !== undefined && typeof value !== "boolean";
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value === "boolean" || value === undefined) return value;
  if (typeof value === "number") {
    const text = redactText(String(value));
    return text === String(value) ? value : text;
  }
  if (typeof value !== "object") return redactText(safeString(value));
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date || value instanceof URL) return redactText(safeString(value.toJSON()));
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (depth > deepest) return "(deeper)";
  if (Array.isArray(value)) return value.slice(0, mostEntries).map((one) => redactValue(one, depth + 1));
  return redactObject(value, depth);
}

/** What is thrown may be anything, even something that can't be turned into text. */
function safeString(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "(no text)";
  }
}
