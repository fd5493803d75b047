import { BillingError } from "@tollgate/core";
import { type DatabaseAddress, explainConnection, isConnectionFailure } from "./explain-connection.js";

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
  "ENOENT", // a Unix socket that doesn't exist
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

/** What `pg` and PGlite say, without any code, when a connection is gone. */
const unavailableMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|PGlite is clos)/;

/** What everybody may know about it: an answer to a browser names no host. */
const publicMessage = "The billing database is out of reach.";

/**
 * A database's error as BillingError `store_unavailable` when it means "out of reach", by its SQLSTATE or the system's
 * code in `code`; any other one as it is. For whatever a driver catches.
 *
 * @param address Where the database is, to be named in the message; null where it has no address.
 * @example
 * const rows = await pool.query("SELECT 1").catch((error: unknown) => {
 *   throw toStoreError(error);
 * });
 */
export function toStoreError(error: unknown, address: DatabaseAddress | null = null): unknown {
  if (!(error instanceof Error) || error instanceof BillingError) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (address !== null && isLockedOut(error, code)) return lockedOut(error, address);
  if (!isUnavailable(error, code)) return error;
  const message = address === null ? publicMessage : explainConnection(code, error.message, address);
  return new BillingError("store_unavailable", message, { cause: error, publicMessage });
}

function isUnavailable({ message }: Error, code: string): boolean {
  return (
    unavailableSystemCodes.has(code) ||
    (code.length === 5 && (unavailableClasses.has(code) || unavailableClasses.has(code.slice(0, 2)))) ||
    unavailableMessages.test(message) ||
    isConnectionFailure(code, message)
  );
}

/** A missing right other than that to connect belongs to a table or schema, and is reported when it is checked. */
function isLockedOut(error: Error, code: string): boolean {
  const detail = "detail" in error && typeof error.detail === "string" ? error.detail : "";
  return code === "42501" && detail.includes("CONNECT privilege");
}

function lockedOut(cause: Error, { database, user }: DatabaseAddress): BillingError {
  return new BillingError(
    "store_unsuitable",
    `The user "${user}" may not connect to the billing database "${database}". Have its owner run: GRANT CONNECT ON DATABASE "${database}" TO "${user}";`,
    { cause, publicMessage: "The billing database is not set up for billing." },
  );
}
