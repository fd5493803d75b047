import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { describeApi } from "../scripts/describe-api.js";
import { refusalsOf, routeKeys, routes, splitKey } from "../src/contract/index.js";
import { errorStatus } from "../src/language/error-status.js";

/** The document as its readers see it. */
const document = JSON.parse(JSON.stringify(describeApi("1.2.3")));

function operationOf(key: (typeof routeKeys)[number]) {
  const { method, path } = splitKey(key);
  return document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
}

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    const broken = structuredClone(document);
    delete broken.info.title;
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it("refers to nothing that does not exist", () => {
    const names = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = ""]) => ref);
    expect(names.length).toBeGreaterThan(10);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("has every route of the contract and no other", () => {
    const operations = Object.values<object>(document.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(routeKeys.length);
    for (const key of routeKeys) expect(operationOf(key)?.operationId).toBe(routes[key].name);
  });

  it.each(routeKeys)("says with which status and codes %s refuses", (key) => {
    const { responses } = operationOf(key);
    const told = Object.entries<{ content: object }>(responses).flatMap(([status, answer]) => {
      const { code } = /"enum":\[(?<code>[^\]]*)\]/.exec(JSON.stringify(answer))?.groups ?? { code: "" };
      return JSON.parse(`[${status === "200" ? "" : code}]`).map((one: string) => `${status} ${one}`);
    });
    expect(told.sort()).toEqual(
      refusalsOf(key)
        .map((code) => `${errorStatus[code]} ${code}`)
        .sort(),
    );
  });

  it("says what a checkout takes and returns", () => {
    const { requestBody, responses, security } = operationOf("POST /checkout");
    expect(requestBody.content["application/json"].schema.$ref).toBe("#/components/schemas/CheckoutRequest");
    expect(responses[200].content["application/json"].schema.$ref).toBe(
      "#/components/schemas/CheckoutResponse",
    );
    expect(security).toEqual([{ session: [] }]);
    const { CheckoutRequest: request, CheckoutStatusResponse: status } = document.components.schemas;
    expect(request.anyOf[0]).toMatchObject({
      required: ["planId", "interval"],
      additionalProperties: false,
      properties: {
        interval: { type: "string", pattern: expect.stringContaining("day|week|month|year") },
        quantity: { type: "integer", maximum: 10_000 },
      },
    });
    expect(status.properties.access).toEqual({ $ref: "#/components/schemas/AccessResponse" });
  });

  it("says what a path and a query take", () => {
    expect(operationOf("GET /checkout/:id").parameters).toMatchObject([
      { name: "id", in: "path", required: true },
    ]);
    expect(operationOf("GET /plans").parameters).toMatchObject([
      { name: "currency", in: "query", required: false, schema: { type: "string" } },
    ]);
  });
});
