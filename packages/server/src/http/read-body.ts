import { BillingError } from "@tollgate/core";

/**
 * Reads exactly the bytes that arrived. The limit counts them as they come, whatever `Content-Length` says, unless an
 * HTTP server has held the body to it.
 *
 * @param limit in bytes
 * @param within in milliseconds, for all of it: nobody holds anything for long by sending a byte now and then
 * @throws BillingError `body_too_large`, `body_too_slow`, `raw_body_missing` (something read the body before us),
 * `invalid_body` (the connection broke).
 */
export async function readBytes(
  request: Request,
  limit: number,
  within = 15_000,
): Promise<Uint8Array<ArrayBuffer>> {
  if (request.bodyUsed) {
    throw new BillingError(
      "raw_body_missing",
      "The body was read before Tollgate saw it. Hand it the untouched request, before any body parser.",
    );
  }
  const deadline = startDeadline(within);
  try {
    if (isHeldTo(request, limit)) {
      const whole = request.arrayBuffer().catch(endedEarly);
      return new Uint8Array(await Promise.race([whole, deadline.over]));
    }
    return request.body === null ? new Uint8Array() : await readStream(request.body, limit, deadline.over);
  } finally {
    deadline.end();
  }
}

async function readStream(
  body: ReadableStream<Uint8Array>,
  limit: number,
  over: Promise<never>,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read().catch(endedEarly), over]);
      if (done) return join(chunks, size);
      size += value.byteLength;
      if (size > limit) {
        throw new BillingError("body_too_large", `The body is larger than ${limit} bytes.`, {
          details: { limit },
        });
      }
      chunks.push(value);
    }
  } finally {
    // Released, not cancelled: cancelling destroys a Node request, whose connection the answer still needs.
    reader.releaseLock();
  }
}

/** Rejects when the time is up, unless it was ended before. */
function startDeadline(ms: number): { readonly over: Promise<never>; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new BillingError("body_too_slow", `The body did not arrive within ${ms / 1000} s.`));
    }, ms);
  });
  // Nobody is waiting for it any more once the body is there, or when the body itself failed.
  over.catch(() => undefined);
  return { over, end: () => clearTimeout(timer) };
}

/**
 * Whether a server vouches that the body is no longer than that: one that hands out requests of a kind of its own ends
 * a body where its `Content-Length` says. A plain `Request` may claim anything. Reading at once saves most of what a
 * small webhook costs: the stream of Hono's request on Node takes more than twice the rest of the exchange.
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
