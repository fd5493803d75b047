import { blankParams, blankText } from "./blank-secrets.js";
import { isRefused, type LoggedRequest } from "./logged-request.js";

/** How many requests are remembered. */
const most = 1000;

/** How much of an answer is kept, in characters. */
const kept = 16_384;

/** A request that has not been answered yet. */
export type LogEntry = {
  /** Notes what it asks, and for whom. */
  asked(what: Pick<LoggedRequest, "account" | "key"> & { params: Record<string, unknown> }): void;
  answered(answer: { status: number; body: string }): void;
};

type Opened = Pick<LoggedRequest, "account" | "id" | "route"> & { at: Date };

/** Begins an entry when a request arrives. */
export type OpenEntry = (request: Request, opened: Opened) => LogEntry;

export type RequestLog = {
  /** For the requests of apps, or of scenarios. */
  opener(by: LoggedRequest["by"]): OpenEntry;
  /** Oldest first, not copied. */
  all(): LoggedRequest[];
  clear(): void;
};

const errorIn = (body: string): LoggedRequest["error"] => {
  try {
    const { error } = JSON.parse(body) as { error?: NonNullable<LoggedRequest["error"]> };
    if (!error) return null;
    const { type, code, decline_code, param, message } = error;
    return {
      type,
      message: blankText(message),
      ...(code ? { code } : {}),
      ...(decline_code ? { decline_code } : {}),
      ...(param ? { param } : {}),
    };
  } catch {
    return null;
  }
};

/** A text that does not hold on to the one that it was cut from. */
const cut = (text: string): string =>
  text.length <= kept ? text : (JSON.parse(JSON.stringify(text.slice(0, kept))) as string);

/**
 * The latest requests. Parameters are blanked before they are kept, so that no card number that is not Stripe's own
 * stays in memory; answers when they are read.
 *
 * @param onRefused Called with each request that was refused.
 */
export const createRequestLog = (onRefused: (request: LoggedRequest) => void): RequestLog => {
  let rows: LoggedRequest[] = [];
  /** Those whose answers nobody has read yet, so that answering costs no search for secrets. */
  const raw = new WeakSet<LoggedRequest>();

  const open = (by: LoggedRequest["by"], request: Request, { at, ...opened }: Opened): LogEntry => {
    const began = performance.now();
    const row: LoggedRequest = {
      ...opened,
      at: at.toISOString(),
      method: request.method,
      path: new URL(request.url).pathname,
      params: {},
      version: request.headers.get("stripe-version"),
      key: "none",
      by,
      status: 0,
      error: null,
      answer: "",
      durationMs: 0,
    };
    return {
      asked: ({ account, key, params }) => {
        Object.assign(row, { account, key, params: blankParams(params) });
      },
      answered: ({ status, body }) => {
        const error = status >= 400 ? errorIn(body) : null;
        Object.assign(row, { status, error, answer: cut(body), durationMs: performance.now() - began });
        rows.push(row);
        raw.add(row);
        // Cut now and then, not each time.
        if (rows.length >= 2 * most) rows = rows.slice(-most);
        if (isRefused(row)) onRefused(row);
      },
    };
  };

  return {
    opener: (by) => (request, opened) => open(by, request, opened),
    all: () => {
      const latest = rows.slice(-most);
      for (const row of latest)
        if (raw.delete(row)) {
          row.answer = blankText(row.answer);
        }
      return latest;
    },
    clear: () => {
      rows = [];
    },
  };
};
