import { redactText } from "@tollgate/core";
import { describeError, redactFields } from "./redact.js";

export { describeError } from "./redact.js";

/**
 * Where Tollgate reports what went wrong; pino fits as it is. What arrives here holds no secret, token or
 * card data: it was blanked on the way.
 */
export interface Logger {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** When there is one, as in pino, lines of a level that is off cost nothing. */
  isLevelEnabled?(level: string): boolean;
}

/** What a person has to see on the console: errors and warnings. */
export const consoleLogger: Logger = {
  error: (fields, message) => console.error(`[tollgate] ${message}`, fields),
  warn: (fields, message) => console.warn(`[tollgate] ${message}`, fields),
  info: () => {},
  isLevelEnabled: (level) => level !== "info",
};

type Level = "error" | "warn" | "info";

/**
 * The one way to the app's logger: blanks what must not be logged, and lets no failure of the logger, thrown
 * or rejected, become a failure of billing.
 */
export function createSafeLogger(logger: Logger): Logger {
  const write =
    (level: Level): Logger[Level] =>
    (fields, message) => {
      try {
        if (logger.isLevelEnabled?.(level) === false) return;
        // As a method, because pino's need their `this`. What is declared void may be a promise.
        const returned: unknown = logger[level](redactFields(fields), redactText(message));
        if (returned instanceof Promise) returned.catch(reportFailure);
      } catch (error) {
        reportFailure(error);
      }
    };
  return { error: write("error"), warn: write("warn"), info: write("info") };
}

function reportFailure(error: unknown): void {
  console.error("[tollgate] The logger failed", describeError(error));
}
