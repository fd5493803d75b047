import { BillingError } from "@tollgate/core";
import { toStoreError } from "../driver/to-store-error.js";

/** What Prisma keeps of the database's error (`DriverAdapterError` of `@prisma/driver-adapter-utils`). */
interface AdapterCause {
  readonly kind?: string;
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly detail?: string;
}

/**
 * What means "out of reach" and has no SQLSTATE: kinds of the adapter, and codes of the client
 * (https://www.prisma.io/docs/orm/reference/error-reference).
 */
const outOfReach: ReadonlySet<string> = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
  "P1001", // can't reach the server
  "P1002", // no answer in time
  "P1008", // operations timed out
  "P1011", // TLS
  "P1017", // the server closed the connection
  "P2024", // no connection of the pool in time
  "P2028", // a transaction that did not begin in time, or is over
  "P2037", // too many connections
]);

/**
 * A Prisma error as the database reported it, with its SQLSTATE as `code`, or as BillingError `store_unavailable`.
 * Prisma has its own codes, and keeps the database's in the cause.
 */
export function fromPrismaError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof BillingError) return error;
  const { kind, originalCode, originalMessage, detail } = causeOf(error);
  if (originalCode !== undefined) {
    const told = new Error(originalMessage ?? error.message, { cause: error });
    return toStoreError(Object.assign(told, { code: originalCode, detail }));
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (!outOfReach.has(kind ?? "") && !outOfReach.has(code)) return toStoreError(error);
  const publicMessage = "The billing database is out of reach.";
  const message = `${publicMessage} Prisma says: ${error.message.trim()}`;
  return new BillingError("store_unavailable", message, { cause: error, publicMessage });
}

function causeOf(error: Error): AdapterCause {
  const { driverAdapterError } = Object("meta" in error ? error.meta : undefined);
  const carrier = driverAdapterError instanceof Error ? driverAdapterError : error;
  return Object(carrier.cause) as AdapterCause;
}
