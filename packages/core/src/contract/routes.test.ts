import { describe, expect, it } from "vitest";
import { errorStatus } from "../language/error-status.js";
import { findRoutes } from "./find-route.js";
import { refusalKinds, refusalsOf } from "./refusals.js";
import type { Route } from "./route.js";
import { routeKeys, routes, splitKey } from "./routes.js";

const rows = routeKeys.map((key) => ({ key, route: routes[key] as Route, ...splitKey(key) }));

describe("the table of routes", () => {
  it("names each route once", () => {
    const names = rows.map(({ route }) => route.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(rows)("$key has a value for each part of its path that varies", ({ route, path }) => {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(route.params ?? {})).toEqual(names);
  });

  it.each(rows)("$key takes a body if it is an unsigned POST, with examples that it accepts", (row) => {
    const { route, method } = row;
    const takesBody = method === "POST" && route.who !== "signature";
    expect(route.body !== undefined).toBe(takesBody);
    expect((route.examples ?? []).length > 0).toBe(takesBody);
    for (const example of route.examples ?? []) expect(route.body?.safeParse(example).success).toBe(true);
    if (route.query !== undefined) expect(method).toBe("GET");
  });

  it.each(rows)("$key refuses what it does not know in a body, and ignores it in a query", ({ route }) => {
    for (const example of route.examples ?? [])
      expect(route.body?.safeParse({ ...example, customerId: "org_2" }).success).toBe(false);
    if (route.query !== undefined) expect(route.query.safeParse({ utm_source: "x" }).success).toBe(true);
  });

  it.each(rows)("$key refuses with codes that exist, none of them twice", ({ key, route }) => {
    const shared = refusalKinds.flatMap(({ codes }) => codes);
    expect(refusalsOf(key).filter((code) => !(code in errorStatus))).toEqual([]);
    expect(new Set(route.refuses).size).toBe(route.refuses.length);
    // What its whole kind refuses is not repeated.
    expect(route.refuses.filter((code) => shared.includes(code))).toEqual([]);
  });

  it("lets others cache only what costs nothing", () => {
    const kept = rows.filter(({ route }) => route.cacheSeconds !== undefined);
    expect(kept.filter(({ route, method }) => method !== "GET" || route.who !== "anyone")).toEqual([]);
  });
});

describe("refusalsOf", () => {
  it("tells what a route refuses from its kind", () => {
    expect(refusalsOf("GET /plans")).toEqual(["invalid_options", "internal", "invalid_query"]);
    expect(refusalsOf("GET /checkout/:id")).toEqual(
      expect.arrayContaining(["checkout_not_found", "forbidden", "rate_limited", "cross_origin"]),
    );
    expect(refusalsOf("GET /access")).not.toContain("forbidden");
    expect(refusalsOf("POST /webhook/:provider")).not.toContain("unauthenticated");
  });
});

describe("findRoutes", () => {
  it.each([
    ["/plans", ["GET /plans"], "", {}],
    ["/api/billing/plans", ["GET /plans"], "/api/billing", {}],
    ["/api/billing/checkout", ["POST /checkout"], "/api/billing", {}],
    ["/b/checkout/cs_1", ["GET /checkout/:id"], "/b", { id: "cs_1" }],
    ["/b/checkout/access", ["GET /checkout/:id"], "/b", { id: "access" }],
    ["/b/checkout/a%2Fb", ["GET /checkout/:id"], "/b", { id: "a%2Fb" }],
    ["/webhook/stripe", ["POST /webhook/:provider"], "", { provider: "stripe" }],
  ])("finds what %s ends with", (pathname, keys, mount, params) => {
    const found = findRoutes(pathname);
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(found[0]).toMatchObject({ mount, params });
  });

  it.each(["", "/", "/plans/", "/plans/x", "/planss", "/checkout/a/b", "/webhook"])(
    "finds none in %s",
    (path) => {
      expect(findRoutes(path)).toEqual([]);
    },
  );
});
