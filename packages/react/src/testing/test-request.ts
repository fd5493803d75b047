import type { BrowserRoute, NameOf } from "@tollgate/core/contract";

/** The routes by the names that `failing` and `delay` use. */
export type TestRoute = NameOf<BrowserRoute> | "unknown";

/** One request that was made, in order. */
export interface TestRequest {
  readonly route: TestRoute;
  readonly method: string;
  /** Path and query below the endpoint: `/plans?currency=eur`. */
  readonly path: string;
  /** The JSON body; `null` without one. */
  readonly body: unknown;
  /** Whether the page gave up waiting. */
  readonly signal: AbortSignal | null;
}
