import { BillingError } from "@tollgate/core";

/**
 * Reads exactly the bytes that arrived. The limit counts them as they come, whatever `Content-Length` says,
 * unless an HTTP server has held the body to it.
 *
 * @param limit in bytes
 * @throws BillingError `body_too_large`, `raw_body_missing` (something read the body before us),
 * `invalid_body` (the connection broke).
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (request.bodyUsed) {
    throw new BillingError(
      "raw_body_missing",
      "The body was read before Tollgate saw it. Hand it the untouched request, before any body parser.",
    );
  }
  if (isHeldTo(request, limit)) return new Uint8Array(await request.arrayBuffer().catch(endedEarly));
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(endedEarly);
    if (done) return join(chunks, size);
    size += value.byteLength;
    if (size > limit) {
      // Released, not cancelled: cancelling destroys a Node request, whose connection the answer still needs.
      reader.releaseLock();
      throw new BillingError("body_too_large", `The body is larger than ${limit} bytes.`, {
        details: { limit },
      });
    }
    chunks.push(value);
  }
}

/**
 * Whether a server vouches that the body is no longer than that: one that hands out requests of a kind of its own
 * ends a body where its `Content-Length` says. A plain `Request` may claim anything. To read at once saves most of
 * what a small webhook costs: the stream of Hono's request on Node takes more than twice the rest of the exchange.
 */
function isHeldTo(request: Request, limit: number): boolean {
  if (Object.getPrototypeOf(request) === Request.prototype) return false;
  const length = request.headers.get("content-length") ?? "";
  return /^\d{1,15}$/.test(length) && Number(length) <= limit && !request.headers.has("content-encoding");
}

/**
 * Reads a JSON body.
 *
 * @param limit in bytes
 * @throws BillingError `invalid_json`, and what `readBytes` throws.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const bytes = await readBytes(request, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new BillingError("invalid_json", "The body is not JSON.", { cause });
  }
}

function endedEarly(cause: unknown): never {
  if (cause instanceof BillingError) throw cause;
  throw new BillingError("invalid_body", "The body ended early.", { cause });
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
