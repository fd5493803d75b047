import { describe, expect, it } from "vitest";
import { createSandbox } from "../../index.js";

/** A sandbox whose clock the test moves, and raw calls to it. */
const open = () => {
  let now = Date.UTC(2026, 0, 1);
  const sandbox = createSandbox({
    baseUrl: "http://sandbox.test",
    clock: () => new Date(now),
    log: () => {},
  });
  const call = async (method: string, path: string, body = "", key?: string) => {
    const response = await sandbox.fetch(
      new Request(`http://sandbox.test${path}`, {
        method,
        ...(method === "POST" ? { body } : {}),
        headers: {
          authorization: `Bearer ${sandbox.secretKey}`,
          "content-type": "application/x-www-form-urlencoded",
          ...(key === undefined ? {} : { "idempotency-key": key }),
        },
      }),
    );
    const json = (await response.json()) as {
      id?: string;
      error?: { type: string; code?: string; message: string };
    };
    return { status: response.status, headers: response.headers, json };
  };
  return {
    sandbox,
    post: (path: string, body: string, key?: string) => call("POST", path, body, key),
    remove: (path: string, key: string) => call("DELETE", path, "", key),
    wait: (hours: number) => {
      now += hours * 3_600_000;
    },
  };
};

describe("an idempotency key", () => {
  it("gives the first answer again, whatever the order of the parameters", async () => {
    const { post, sandbox } = open();
    const first = await post("/v1/customers", "name=Ada&email=ada@example.com", "once");
    const again = await post("/v1/customers", "email=ada@example.com&name=Ada", "once");
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.headers.get("original-request")).toBe(first.headers.get("request-id"));
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(sandbox.events()).toHaveLength(1);
  });

  it.each([
    ["other parameters", "/v1/customers", "name=Bob", "same parameters"],
    ["another endpoint", "/v1/products", "name=Ada", "same endpoint"],
  ])("is refused with %s", async (_, path, body, words) => {
    const { post } = open();
    await post("/v1/customers", "name=Ada", "once");
    const other = await post(path, body, "once");
    expect([other.status, other.json.error?.type]).toEqual([400, "idempotency_error"]);
    expect(other.json.error?.message).toContain(words);
  });

  it("keeps what an action refused", async () => {
    const { post } = open();
    const body = "currency=usd&unit_amount=1&product=shop";
    const refused = await post("/v1/prices", body, "once");
    await post("/v1/products", "id=shop&name=Shop");
    const again = await post("/v1/prices", body, "once");
    expect([refused.json.error?.code, again.json]).toEqual(["resource_missing", refused.json]);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });

  it.each([
    ["a parameter is wrong", "name=Ada&colour=red", 400],
    ["one is missing", "active=true", 400],
  ])("keeps nothing when %s, so that the corrected request may use it", async (_, body, status) => {
    const { post } = open();
    expect((await post("/v1/products", body, "once")).status).toBe(status);
    expect((await post("/v1/products", "name=Ada", "once")).status).toBe(200);
  });

  it("is forgotten after 24 hours", async () => {
    const { post, wait } = open();
    const first = await post("/v1/customers", "name=Ada", "once");
    wait(23.9);
    expect((await post("/v1/customers", "name=Ada", "once")).json.id).toBe(first.json.id);
    wait(0.2);
    expect((await post("/v1/customers", "name=Ada", "once")).json.id).not.toBe(first.json.id);
    expect((await post("/v1/customers", "name=Ada", "once")).headers.get("idempotent-replayed")).toBe("true");
  });

  it("has up to 255 characters", async () => {
    const { post } = open();
    expect((await post("/v1/customers", "", "k".repeat(255))).status).toBe(200);
    const long = await post("/v1/customers", "", "k".repeat(256));
    expect([long.status, long.json.error?.type]).toEqual([400, "invalid_request_error"]);
  });

  it("means nothing to a deletion", async () => {
    const { post, remove } = open();
    const { json } = await post("/v1/customers", "");
    const path = `/v1/customers/${json.id}`;
    expect((await remove(path, "once")).status).toBe(200);
    const again = await remove(path, "once");
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([404, null]);
  });
});

describe("a request's id", () => {
  it("is drawn apart from the objects', so that a refused request changes no later id", async () => {
    const id = async (refused: number) => {
      const sandbox = createSandbox({ baseUrl: "http://sandbox.test", seed: "a", log: () => {} });
      const ask = (body: string) =>
        sandbox.fetch(
          new Request("http://sandbox.test/v1/customers", {
            method: "POST",
            body,
            headers: {
              authorization: `Bearer ${sandbox.secretKey}`,
              "content-type": "application/x-www-form-urlencoded",
            },
          }),
        );
      for (let index = 0; index < refused; index++) await ask("colour=red");
      return ((await (await ask("name=Ada")).json()) as { id: string }).id;
    };
    expect(await id(3)).toBe(await id(0));
  });
});
