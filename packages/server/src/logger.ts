/**
 * Where Tollgate reports what went wrong; pino fits as it is. Fields never hold a secret, a token or card
 * data.
 */
export interface Logger {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Errors on the console, nothing else. */
export const consoleLogger: Logger = {
  error: (fields, message) => console.error(`[tollgate] ${message}`, fields),
  warn: () => {},
  info: () => {},
};

/** An error as fields for the log, its causes included, with anything that looks like a secret blanked. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { thrown: blankSecrets(String(error)) };
  return {
    name: error.name,
    message: blankSecrets(error.message),
    ...("code" in error ? { code: error.code } : {}),
    ...(error.stack ? { stack: blankSecrets(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

const apiKey = /\b(sk|rk|pk|whsec)_[\w*]+/g;
const passwordInUrl = /(\w+:\/\/[^\s:@/]*:)[^\s@]+@/g;

function blankSecrets(text: string): string {
  return text.replace(apiKey, "$1_…").replace(passwordInUrl, "$1…@");
}
