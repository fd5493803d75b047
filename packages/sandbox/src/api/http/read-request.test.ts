import { describe, expect, it } from "vitest";
import { StripeError } from "../../engine/world/stripe-error.js";
import { readRequest } from "./read-request.js";

const form = "application/x-www-form-urlencoded";

const post = (body: string | Uint8Array<ArrayBuffer>, type = form, path = "/v1/customers"): Request =>
  new Request(`http://sandbox.test${path}`, { method: "POST", body, headers: { "content-type": type } });

const given = async (request: Request): Promise<unknown> =>
  JSON.parse(JSON.stringify((await readRequest(request)).given));

const refusal = async (request: Request): Promise<[number, string]> => {
  const thrown: unknown = await readRequest(request).catch((error: unknown) => error);
  if (thrown instanceof StripeError) return [thrown.status, thrown.body.message];
  throw new Error("This was expected to be refused.");
};

describe("readRequest reads", () => {
  it.each([
    ["nested names", "a[b][c]=1", { a: { b: { c: "1" } } }],
    ["lists, in any order", "a[1]=y&a[0]=x", { a: ["x", "y"] }],
    ["lists without positions", "a[]=x&a[]=y", { a: ["x", "y"] }],
    ["the last of repeated names", "a=1&a=2", { a: "2" }],
    ["escapes", "a=%C3%A9+b", { a: "é b" }],
    ["a name of every object as a name like others", "constructor=1", { constructor: "1" }],
  ])("%s", async (_, body, read) => {
    expect(await given(post(body))).toEqual(read);
  });

  it("JSON under /v2, its scalars as a form would carry them", async () => {
    const body = JSON.stringify({ a: 1, b: true, c: null, d: ["x", 2], e: { f: "y" } });
    expect(await given(post(body, "application/json", "/v2/core/event_destinations"))).toEqual({
      a: "1",
      b: "true",
      c: "",
      d: ["x", "2"],
      e: { f: "y" },
    });
  });

  it("the same from two orders of the same parameters", async () => {
    const [one, other] = await Promise.all([
      readRequest(post("a=1&b[c]=2&b[d]=3")),
      readRequest(post("b[d]=3&b[c]=2&a=1")),
    ]);
    expect(one.fingerprint).toBe(other.fingerprint);
    expect((await readRequest(post("a=1"))).fingerprint).not.toBe(
      (await readRequest(post("a=2"))).fingerprint,
    );
  });
});

describe("readRequest refuses", () => {
  const deep = `a${"[b]".repeat(20)}=1`;
  it.each([
    ["another content type", post("{}", "application/json"), 400, "content type"],
    ["a form under /v2", post("a=1", form, "/v2/core/events"), 400, "content type"],
    ["broken JSON", post("{", "application/json", "/v2/core/events"), 400, "not valid JSON"],
    ["JSON that is no object", post("[]", "application/json", "/v2/core/events"), 400, "JSON object"],
    [
      "JSON nested too deeply",
      post(`{"a":${"[".repeat(40)}${"]".repeat(40)}}`, "application/json", "/v2/core/events"),
      400,
      "too deeply",
    ],
    ["names nested too deeply", post(deep), 400, "too deeply"],
    [
      "too many parameters",
      post(Array.from({ length: 5001 }, (_, index) => `a${index}=1`).join("&")),
      400,
      "too many",
    ],
    ["too long a list", post("a[5000]=1"), 400, "too many"],
    ["bytes that are no UTF-8", post(new Uint8Array([97, 61, 255])), 400, "UTF-8"],
    ["escapes that are no UTF-8", post("a=%ff"), 400, "UTF-8"],
    ["half an escape", post("a=%4"), 400, "UTF-8"],
    ["the prototype", post("__proto__[a]=1"), 400, "__proto__"],
    ["the prototype further in", post("metadata[__proto__]=1"), 400, "__proto__"],
    ["a huge body", post("a".repeat(1_048_577)), 413, "at most"],
  ])("%s", async (_, request, status, words) => {
    const [code, message] = await refusal(request);
    expect(code).toBe(status);
    expect(message).toContain(words);
  });
});
