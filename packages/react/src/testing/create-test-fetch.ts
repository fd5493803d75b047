import type { AccessState, Catalog, ErrorCode } from "@tollgate/core";
import { type CheckoutStatusResponse, routes } from "@tollgate/core/contract";
import { accessFor } from "./access-for.js";
import { answerRoute, browserRoutesAt, type TestWorld } from "./answer-route.js";
import { refuse } from "./respond.js";
import type { TestRequest, TestRoute } from "./test-request.js";

/** How a route fails: with one of Tollgate's codes, or before any answer arrives. */
export type TestFailure = ErrorCode | "network";

export interface TestFetchOptions<C extends Catalog = Catalog> {
  readonly plans: C;
  /** What GET /access answers; made with `accessFor`. @default somebody signed in, without a subscription */
  readonly access?: AccessState;
  /** Milliseconds before an answer, for all routes or each; `"never"` leaves them pending. @default 0 */
  readonly delay?: number | "never" | Partial<Record<TestRoute, number | "never">>;
  /** Routes that fail, and how. @default none */
  readonly failing?: Partial<Record<TestRoute, TestFailure>>;
  /** What GET /checkout/:id says about these ids. Checkouts opened through this fetch are there too, paid. */
  readonly checkouts?: Readonly<Record<string, Partial<Omit<CheckoutStatusResponse, "id">>>>;
}

/** A `fetch` that answers like Tollgate's handlers, with a record of what it was asked. */
export interface TestFetch {
  (input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** Every request so far, oldest first. */
  readonly requests: readonly TestRequest[];
  /** Changes what the next requests meet: repair a failing route, sign somebody else in. */
  set(changes: Partial<TestFetchOptions>): void;
}

/**
 * Makes a `fetch` that answers every route by the contract, strictly: a body that the server would refuse
 * is refused with the same code, and every answer is checked against the contract's schemas. A checkout
 * that is opened changes the customer's access when it is asked about, as if it had been paid.
 *
 * @example
 * const fetch = createTestFetch({ plans, access: accessFor(plans, { planId: "pro" }) });
 * render(<BillingProvider plans={plans} fetch={fetch}>…</BillingProvider>);
 * expect(fetch.requests.map(({ route }) => route)).toEqual(["access"]);
 */
export function createTestFetch<C extends Catalog>(options: TestFetchOptions<C>): TestFetch {
  let settings: TestFetchOptions = options;
  const requests: TestRequest[] = [];
  const world: TestWorld = { plans: options.plans, access: () => currentAccess(), opened: new Map(), settle };
  let settled: AccessState | null = null;

  function currentAccess(): AccessState {
    return settled ?? settings.access ?? accessFor(options.plans);
  }
  function settle(access: AccessState): void {
    settled = access;
  }

  const answer: TestFetch = Object.assign(
    async (input: RequestInfo | URL, init: RequestInit = {}) => {
      const request = readRequest(input, init);
      requests.push(request);
      const { delay = 0, failing = {} } = settings;
      await wait(typeof delay === "object" ? (delay[request.route] ?? 0) : delay, request.signal);
      const failure = failing[request.route];
      if (failure === "network") throw new TypeError("Failed to fetch");
      if (failure !== undefined) return refuse(failure, "The test asked for this failure.");
      return answerRoute(request, world, settings.checkouts ?? {});
    },
    {
      requests,
      set: (changes: Partial<TestFetchOptions>) => {
        settings = { ...settings, ...changes };
        if (changes.access !== undefined) settled = null;
      },
    },
  );
  return answer;
}

function readRequest(input: RequestInfo | URL, init: RequestInit): TestRequest {
  const address = input instanceof Request ? input.url : String(input);
  const { pathname, search } = new URL(address, "https://app.test");
  const method = init.method ?? "GET";
  const [found] = browserRoutesAt(pathname, method);
  const path = `${pathname.slice(found?.mount.length ?? 0)}${search}`;
  const body = typeof init.body === "string" ? JSON.parse(init.body) : null;
  const route = found === undefined ? "unknown" : routes[found.key].name;
  return { route, method, path, body, signal: init.signal ?? null };
}

function wait(delay: number | "never", signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    if (delay !== "never") setTimeout(resolve, delay);
  });
}
