import { findRoutes, splitKey } from "@tollgate/core/contract";
import type { FuzzRequest } from "./fuzz-request.js";

/** How many requests of a kind were answered how. */
interface Count {
  made: number;
  readonly codes: Map<string, number>;
  "2xx": number;
  "4xx": number;
  "5xx": number;
}

/** What came back, by the kind of request. */
export type Tally = Map<string, Count>;

/** Notes one answer. */
export function note(tally: Tally, request: FuzzRequest, { status, code }: { status: number; code: string }) {
  const kind = kindOf(request);
  const count = tally.get(kind) ?? { made: 0, codes: new Map(), "2xx": 0, "4xx": 0, "5xx": 0 };
  tally.set(kind, count);
  count.made += 1;
  count.codes.set(code, (count.codes.get(code) ?? 0) + 1);
  // Sent on is answered, too.
  count[status < 400 ? "2xx" : status < 500 ? "4xx" : "5xx"] += 1;
}

/** The counts as lines of text, with the answers of each kind. */
export function describeTally(tally: Tally): string {
  const lines = [...tally].sort().map(([kind, { made, codes, ...classes }]) => {
    const answers = [...codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
    const { "2xx": ok, "4xx": refused, "5xx": failed } = classes;
    return `${kind}: ${made} made, ${ok} 2xx, ${refused} 4xx, ${failed} 5xx (${answers.join(", ")})`;
  });
  return lines.join("\n");
}

/** How often a code came back, over all kinds. */
export function countOf(tally: Tally, code: string): number {
  return [...tally.values()].reduce((sum, { codes }) => sum + (codes.get(code) ?? 0), 0);
}

function kindOf({ method, path }: FuzzRequest): string {
  const [pathname = ""] = path.split("?");
  const found = findRoutes(pathname).filter(({ mount }) => mount === "");
  const place = found[0] === undefined ? "elsewhere" : splitKey(found[0].key).path;
  const isOurs = found.some((one) => one.method === method);
  return isOurs || ["GET", "POST", "HEAD"].includes(method) ? `${method} ${place}` : "other methods";
}
