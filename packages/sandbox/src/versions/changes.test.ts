import { describe, expect, it } from "vitest";
import { olderRoutes } from "../api/http/older-routes.js";
import { routes } from "../api/http/routes.js";
import { apiVersion } from "../rooms/api-version.js";
import { changes } from "./changes.js";
import { isOlder, isVersion } from "./version.js";

const endpoints = new Set([...routes, ...olderRoutes].map(({ method, path }) => `${method} ${path}`));

describe("the table of Stripe's changes", () => {
  it.each(changes.map((change) => [change.what, change] as const))("%s", (_, change) => {
    const { since, link, requests = [], answers = {}, events = [], codes = [] } = change;
    expect(isVersion(since) && !isOlder(apiVersion, since)).toBe(true);
    expect(link).toContain(`https://docs.stripe.com/changelog/${since.split(".")[1] ?? since}`);
    const named = requests.flatMap((request) => [...request.endpoints, ...(request.unversioned ?? [])]);
    expect(named.filter((endpoint) => !endpoints.has(endpoint))).toEqual([]);
    // A row does something.
    const does = [requests, Object.keys(answers), events, codes].some(({ length }) => length > 0);
    expect(does).toBe(true);
  });

  it("begins with the oldest, because requests go through it in order", () => {
    const versions = changes.map(({ since }) => since);
    expect(versions).toEqual(versions.toSorted());
  });
});
