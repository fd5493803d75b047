import { BillingError } from "@tollgate/core";

/** Classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const unavailableClasses: ReadonlySet<string> = new Set([
  "08", // connection exception
  "25P03", // idle in transaction for too long
  "28", // refused at login
  "3D", // no such database
  "40", // deadlock, serialization failure: another try may succeed
  "53", // out of connections, memory or disk
  "55P03", // lock not available in time
  "57", // statement timeout, shutdown, crash of the server
  "58", // system error
]);

const unavailableSystemCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT", // a Unix socket that isn't there
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

/** What `pg` and PGlite say, without any code, when a connection is gone. */
const unavailableMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|PGlite is clos)/;

/** A database's error as `store_unavailable` when it means "out of reach"; any other one as it is. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof BillingError || !isUnavailable(error)) return error;
  return new BillingError("store_unavailable", "The billing database is out of reach.", { cause: error });
}

function isUnavailable(error: Error): boolean {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    unavailableSystemCodes.has(code) ||
    (code.length === 5 && (unavailableClasses.has(code) || unavailableClasses.has(code.slice(0, 2)))) ||
    unavailableMessages.test(error.message)
  );
}
