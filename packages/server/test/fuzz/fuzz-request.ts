import fc from "fast-check";
import { everyRoute } from "../attack-routes.js";
import { eventBody, type FuzzBody, oddBody, sensibleBody } from "./fuzz-body.js";
import { headers, ordinaryHeaders, owner } from "./fuzz-headers.js";
import { text } from "./odd-values.js";

/** A request as plain data, so that a counterexample can be read. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: FuzzBody;
}

/** Except those of a checkout, which need one that was opened. */
const knownPath = fc.constantFrom(
  ...everyRoute.map(({ path }) => path).filter((path) => !path.startsWith("/checkout/")),
);
/** What answers a GET, however many routes there are that don't. */
const readPaths = everyRoute.flatMap(({ method, path }) =>
  method === "GET" && !path.startsWith("/checkout/") ? [path] : [],
);
const readPath = fc.constantFrom(...readPaths);
const openedPath = fc.nat(20).map((index) => `/checkout/opened-${index}`);
const checkoutPath = fc.oneof(
  openedPath,
  text.map((id) => `/checkout/${encode(id)}`),
);
const oddPath = fc.oneof(
  fc.constantFrom(
    "",
    "/",
    "//",
    "/webhook/paddle",
    "/webhook/__proto__",
    "/plans/",
    "/PLANS",
    "/%2e%2e/access",
    "/*",
    "/:id",
  ),
  text.map((segment) => `/${encode(segment)}`),
);
const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  fc.constantFrom(
    "?currency=eur",
    "?currency=xxx",
    "?currency=EUR",
    "?__proto__=1",
    "?a[b]=c",
    "?%",
    "?currency=%ff",
  ),
  fc.webQueryParameters().map((pairs) => `?${pairs}`),
);

const noBody = fc.constant<FuzzBody>({ kind: "none" });

/** A call of each route that changes something: of one that takes a body with one that makes sense, or does not. */
const posting: readonly fc.Arbitrary<FuzzRequest>[] = everyRoute
  .filter(({ method, route }) => route.body !== undefined || method === "DELETE")
  .map(({ method, path, route }) =>
    fc.record({
      method: fc.constant(method),
      path: fc.constant(path),
      headers,
      body:
        route.body === undefined
          ? noBody
          : fc.oneof(
              { weight: 3, arbitrary: sensibleBody(route.examples ?? []) },
              { weight: 2, arbitrary: oddBody },
            ),
    }),
  );

const delivery: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constant("POST"),
  path: fc.constant("/webhook/stripe"),
  headers,
  body: fc.oneof({ weight: 6, arbitrary: eventBody }, { weight: 1, arbitrary: oddBody }),
});

const returnFromCheckout: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constant("GET"),
  path: openedPath,
  headers: ordinaryHeaders(fc.constant(owner)),
  body: noBody,
});

const reading: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constantFrom("GET", "GET", "HEAD"),
  path: fc
    .tuple(
      fc.oneof(
        // A new one takes nothing from the others.
        { weight: readPaths.length, arbitrary: readPath },
        { weight: 1, arbitrary: knownPath },
        { weight: 2, arbitrary: checkoutPath },
        oddPath,
      ),
      query,
    )
    .map(([path, search]) => `${path}${search}`),
  headers,
  body: noBody,
});

/** Nobody is signed in: what is for somebody is refused, however few reads there are. */
const strangerReading: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constant("GET"),
  path: readPath,
  headers: fc.constant({}),
  body: noBody,
});

const oddMethod: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constantFrom("PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "post", "POST"),
  path: fc.oneof(knownPath, checkoutPath, oddPath),
  headers,
  body: oddBody,
});

/** How often something is sent, besides a third for all that posts: a new route takes nothing from the others. */
const share = (weight: number) => weight * posting.length;

/** A request to any route, well-formed, almost, or not at all. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  ...posting.map((arbitrary) => ({ weight: 6, arbitrary })),
  { weight: share(5), arbitrary: delivery },
  { weight: share(1), arbitrary: returnFromCheckout },
  { weight: share(4), arbitrary: reading },
  { weight: share(1), arbitrary: strangerReading },
  { weight: share(2), arbitrary: oddMethod },
);

/** Lone surrogates have no UTF-8. */
function encode(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd"));
}
