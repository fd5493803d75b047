import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type BillingProvider, type Catalog, definePlans } from "@tollgate/core";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forward } from "../../../../test/flaky-proxy.js";
import { pushedOf } from "../../../../test/with-parts.js";
import { stripe } from "../index.js";

interface Refusal {
  /** The path of the POST that is refused. */
  readonly path: string;
  /** `cut`: no answer arrives. */
  readonly status: number | "cut";
}

const database = "db_1";
const plans = {
  basic: { name: "Basic", prices: { month: { usd: 900 } }, includes: {} },
  team: { name: "Team", prices: { month: { usd: 1500 } }, includes: {} },
  care: { name: "Care", group: "support", prices: { month: { usd: 500 } }, includes: {} },
} as const;
const catalogOf = (some: Catalog["plans"]) => definePlans({ features: {}, plans: some });
const renamed = catalogOf({
  basic: { ...plans.basic, name: "Basic 2" },
  team: { ...plans.team, name: "Team 2" },
  care: { ...plans.care, name: "Care 2" },
});

describe("a push that Stripe refuses in part", () => {
  let sandbox: Sandbox;
  let provider: BillingProvider;
  let refusal: Refusal | null = null;

  const server = createServer(async (request, response) => {
    const mine = request.method === "POST" && request.url === refusal?.path ? refusal : null;
    if (mine?.status === "cut") return response.destroy();
    if (mine !== null) {
      // The SDK would retry some of them.
      const headers = { "content-type": "application/json", "stripe-should-retry": "false" };
      const error = { type: "invalid_request_error", message: "Not this one." };
      return response.writeHead(mine.status, headers).end(JSON.stringify({ error }));
    }
    const answer = await forward(sandbox.url, request);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
  });

  beforeAll(async () => {
    sandbox = await startSandbox();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { secretKey, webhookSecret } = sandbox;
    provider = stripe({ secretKey, webhookSecret, apiBase });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await sandbox.close();
  });
  beforeEach(async () => {
    refusal = null;
    await push(catalogOf(plans));
  });

  /** What a push did besides finding things as they should be. */
  const push = async (next: Catalog) => {
    const changes = await pushedOf(provider).push(next, { database });
    return changes.flatMap(({ action, kind, catalogId }) =>
      action === "unchanged" ? [] : [`${action} ${kind} ${catalogId}`],
    );
  };
  const refuse = (path: string, status: Refusal["status"]) => {
    refusal = { path, status };
  };

  it.each<[string, Refusal["status"], string]>([
    ["a key without the permission", 403, "provider_forbidden"],
    ["a key that is revoked", 401, "provider_rejected"],
    ["a connection that is cut", "cut", "provider_unavailable"],
  ])("ends at once by %s, and is finished by the next one", async (_, status, code) => {
    refuse("/v1/products/tollgate_plan_team", status);
    await expect(push(renamed)).rejects.toMatchObject({ code });
    refusal = null;
    expect(await push(renamed)).toEqual(["updated product team", "updated product care"]);
  });

  it.each([400, 402, 429, 500])("continues past a %d, and reports it", async (status) => {
    refuse("/v1/products/tollgate_plan_team", status);
    expect(await push(renamed)).toEqual([
      "updated product basic",
      "failed product team",
      "updated product care",
    ]);
    refusal = null;
    expect(await push(renamed)).toEqual(["updated product team"]);
  });

  it("still pushes the prices of a product that could not be renamed", async () => {
    refuse("/v1/products/tollgate_plan_team", 400);
    const team = { ...plans.team, name: "Team 2", prices: { month: { usd: 1900 } } };
    const changes = await push(catalogOf({ ...plans, team }));
    expect(changes.slice(0, 2)).toEqual(["failed product team", "replaced price team"]);
  });

  it("tries no prices of a product that could not be created, and continues", async () => {
    const more = { name: "Solo", prices: { month: { usd: 300 } }, includes: {} };
    const catalog = catalogOf({ solo: more, ...plans, care: { ...plans.care, name: "Care 2" } });
    refuse("/v1/products", 400);
    expect(await push(catalog)).toEqual(["failed product solo", "updated product care"]);
    refusal = null;
    expect(await push(catalog)).toEqual(["created product solo", "created price solo"]);
  });

  it("takes over all except a product off sale that can't be changed, and that one the next time", async () => {
    const { care: _, ...others } = plans;
    await push(catalogOf(others));
    refuse("/v1/products/tollgate_plan_care", 400);
    const takeOver = () => pushedOf(provider).push(catalogOf(others), { database: "db_2", takeOver: true });
    const failed = async () =>
      (await takeOver()).flatMap(({ action, catalogId }) => (action === "failed" ? [catalogId] : []));
    expect(await failed()).toEqual(["care"]);
    await expect(pushedOf(provider).push(catalogOf(others), { database: "db_2" })).rejects.toMatchObject({
      code: "catalog_of_another_database",
    });
    refusal = null;
    expect(await failed()).toEqual([]);
    await pushedOf(provider).push(catalogOf(others), { database: "db_2" });
  });
});
