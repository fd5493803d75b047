import { type AccessState, decideAccess } from "@tollgate/core";
import { buildCatalog, buildSubscription } from "@tollgate/core/testing";
import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it, vi } from "vitest";
import { createEdgeTokenSigner, type EdgeTokenOption } from "../access/edge-token.js";
import { verifyEdgeToken } from "./index.js";

const appUrl = "https://app.example.com";
const secret = "a-secret-of-at-least-thirty-two-bytes";
const another = "another-secret-of-thirty-two-bytes-or-more";
const now = new Date("2026-03-10T12:00:00.000Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const catalog = buildCatalog();
const state = decideAccess({
  catalog,
  customer: { id: "org_1", canManage: true, hasBillingAccount: true },
  subscriptions: [buildSubscription({ planId: "starter" })],
  usage: { messages: 7 },
  purchases: [{ productId: "credits", quantity: 3 }],
  now,
});

const silent = { error() {}, warn: vi.fn(), info() {} };

function signer(option: Partial<EdgeTokenOption> = {}, appOrigin = appUrl) {
  return createEdgeTokenSigner({
    option: { secret, ...option },
    appOrigin,
    clock: () => now,
    machineClock: () => now,
    logger: silent,
  });
}

async function cookieOf(option: Partial<EdgeTokenOption> = {}, origin = appUrl, of: AccessState = state) {
  const header = await signer(option, origin)(of, null);
  if (header === null) throw new Error("There is no cookie.");
  return header.split(";")[0] ?? "";
}

const withCookie = (cookie: string) => ({ headers: new Headers({ cookie }) });
const verify = (cookie: string, more: Partial<Parameters<typeof verifyEdgeToken>[1]> = {}) =>
  verifyEdgeToken(withCookie(cookie), { secret, appUrl, customerId: "org_1", clock: () => now, ...more });

/** A token that says what a good one says, made with this key and these claims. */
async function forge(claims: Record<string, unknown>, key = secret, alg = "HS256") {
  const good = { iss: "tollgate", aud: appUrl, sub: "org_1", p: "pro", f: { export: [0] } };
  const times = { iat: now.getTime() / 1000, exp: now.getTime() / 1000 + 60 };
  const payload = { ...good, ...times, ...claims };
  const token = await new SignJWT(payload).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key));
  return `__Host-tollgate-access=${token}`;
}

describe("verifyEdgeToken", () => {
  it("answers every check as the server did", async () => {
    const access = await verify(`theme=dark; ${await cookieOf()}; last=1`);
    expect(access).toMatchObject({ customerId: "org_1", planId: "starter", degraded: false });
    expect(access?.expiresAt).toBe(later(60).toISOString());
    expect(access?.check("export")).toMatchObject({
      allowed: false,
      reason: "not_in_plan",
      upgradeTo: "pro",
    });
    expect(access?.check("projects", { used: 9 })).toEqual({ allowed: true, limit: 10, remaining: 1 });
    expect(access?.check("messages")).toEqual({ allowed: true, limit: 1000, remaining: 993 });
    const unknown = expect.objectContaining({ code: "unknown_feature" });
    for (const id of ["teleport", "__proto__"]) expect(() => access?.check(id)).toThrow(unknown);
    expect(access?.owns("credits")).toBe(true);
    const product = expect.objectContaining({ code: "unknown_product" });
    for (const id of ["credit", "__proto__"]) expect(() => access?.owns(id)).toThrow(product);
  });

  it("accepts a token until the second in which it expires", async () => {
    const cookie = await cookieOf();
    expect(await verify(cookie, { clock: () => later(59) })).not.toBeNull();
    expect(await verify(cookie, { clock: () => later(60) })).toBeNull();
  });

  it("accepts tokens of every secret during a rotation, and none of any other", async () => {
    const old = await cookieOf({ secret });
    const rotated = await cookieOf({ secret: [another, secret] });
    expect(await verify(old, { secret: [another, secret] })).not.toBeNull();
    expect(await verify(rotated, { secret: [another, secret] })).not.toBeNull();
    expect(await verify(rotated, { secret: another })).not.toBeNull();
    expect(await verify(rotated, { secret })).toBeNull();
    expect(await verify(old, { secret: another })).toBeNull();
  });

  it("refuses a token with any character changed", async () => {
    const cookie = await cookieOf();
    const from = cookie.indexOf("=") + 1;
    // The last character of a part holds bits that mean nothing.
    for (let at = from; at < cookie.length - 1; at += 7) {
      if (cookie[at + 1] === "." || cookie[at] === ".") continue;
      const changed = `${cookie.slice(0, at)}${cookie[at] === "A" ? "B" : "A"}${cookie.slice(at + 1)}`;
      expect(await verify(changed)).toBeNull();
    }
  });

  it("refuses a token without a signature", async () => {
    const token = new UnsecuredJWT({ p: "pro", f: { export: [0] } })
      .setIssuer("tollgate")
      .setAudience(appUrl)
      .setSubject("org_1")
      .setExpirationTime(later(60))
      .encode();
    expect(await verify(`__Host-tollgate-access=${token}`)).toBeNull();
    const [head, body] = (await cookieOf()).split(".");
    expect(await verify(`${head}.${body}.`)).toBeNull();
  });

  it.each<[string, Record<string, unknown>, string?]>([
    ["that is somebody else's", { sub: "org_2" }],
    ["of nobody", { sub: undefined }],
    ["that another app made", { aud: "https://other.example.com" }],
    ["that something else made with the same secret", { iss: "sessions" }],
    ["that never expires", { exp: undefined }],
    ["that is not valid yet", { nbf: now.getTime() / 1000 + 30 }],
    ["of another algorithm", {}, "HS384"],
    ["that says nothing of features", { f: undefined }],
    ["that says nonsense of a feature", { f: { export: [99] } }],
    ["that says a word for a limit", { f: { projects: [0, "many"] } }],
    ["that names no plan in a way that we know", { p: 7 }],
  ])("refuses a token %s, even if it is well signed", async (_name, claims, alg) => {
    expect(await verify(await forge({}))).not.toBeNull();
    expect(await verify(await forge(claims, secret, alg))).toBeNull();
  });

  it("refuses another customer's cookie in this one's session", async () => {
    expect(await verify(await cookieOf(), { customerId: "org_2" })).toBeNull();
    expect(await verify(await cookieOf(), { customerId: "" })).toBeNull();
  });

  it.each([undefined, null, 7, ["org_1"], { toString: () => "org_1" }, "", " "])(
    "accepts no token, with or without an owner, in the session of %j",
    async (customerId) => {
      const nobodys = { customerId: customerId as string };
      for (const cookie of [await cookieOf(), await forge({ sub: undefined }), await forge({ sub: "" })])
        expect(await verify(cookie, nobodys)).toBeNull();
    },
  );

  it("does not compile without a customer", () => {
    // @ts-expect-error A session that may have no id is asked about first.
    const optional: Parameters<typeof verifyEdgeToken>[1] = { secret, appUrl, customerId: undefined };
    expect(optional.customerId).toBeUndefined();
  });

  it("accepts nothing when the clock is broken, whatever the token says about its expiry", async () => {
    expect(await verify(await cookieOf(), { clock: () => new Date(Number.NaN) })).toBeNull();
  });

  it.each([undefined, "", "app.example.com"])("refuses to work with %j as the app's address", async (url) => {
    await expect(verify("", { appUrl: url as string })).rejects.toMatchObject({
      code: "invalid_options",
      message: expect.stringContaining("`appUrl`"),
    });
  });

  it.each(["", "theme=dark", "__Host-tollgate-access=", "__Host-tollgate-access=a.b.c", "tollgate-access=x"])(
    "finds nothing in %j",
    async (cookie) => {
      expect(await verify(cookie)).toBeNull();
      expect(
        await verifyEdgeToken({ headers: new Headers() }, { secret, appUrl, customerId: "org_1" }),
      ).toBeNull();
    },
  );

  it("looks for the plain name only where the app has no TLS, and skips what somebody planted under it", async () => {
    const local = "http://localhost:3000";
    const cookie = await cookieOf({}, local);
    expect(cookie).toMatch(/^tollgate-access=/);
    const planted = (await forge({ aud: local }, another)).replace("__Host-", "");
    expect(await verify(`${planted}; ${cookie}`, { appUrl: local })).toMatchObject({ planId: "starter" });
    expect(await verify(cookie, { appUrl })).toBeNull();
  });

  it.each([
    ["too-short"],
    [`short${" ".repeat(40)}`],
    ["x".repeat(40)],
    ["change-me-change-me-change-me-change-me"],
    [[]],
    [[secret, "too-short"]],
    [[secret, undefined as never]],
  ])("refuses to work with %j as a secret", async (bad) => {
    const refusal = { code: "invalid_options" };
    await expect(verify("", { secret: bad })).rejects.toMatchObject(refusal);
    expect(() => signer({ secret: bad })).toThrow(expect.objectContaining(refusal));
  });
});

describe("an app without the secret", () => {
  it.each([undefined, "", " "])(
    "starts with %j, because builds have none, and refuses to sign",
    async (none) => {
      const sign = signer({ secret: none });
      await expect(sign(state, null)).rejects.toMatchObject({ code: "invalid_options" });
      await expect(verify("", { secret: none as string })).rejects.toMatchObject({ code: "invalid_options" });
    },
  );

  it("accepts a secret with the line break that its file ends with", async () => {
    expect(await verify(await cookieOf({ secret: `${secret}\n` }))).not.toBeNull();
  });
});

describe("the cookie", () => {
  it("is out of reach for scripts and other hosts, and as short-lived as the token", async () => {
    const header = await signer({ maxAgeSeconds: 120, cookieName: "billing" })(state, null);
    expect(header).toMatch(/^__Host-billing=[\w.-]+; Path=\/; Max-Age=120; HttpOnly; SameSite=Lax; Secure$/);
    expect(await signer({}, "http://localhost:3000")(state, null)).not.toMatch(/Secure|__Host-/);
  });

  it("says nothing about the subscription, the person or the provider", async () => {
    const [, body = ""] = (await cookieOf()).split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString());
    expect(Object.keys(claims).sort()).toEqual(["aud", "exp", "f", "iat", "iss", "o", "p", "sub"]);
  });

  it("never outlives the next moment at which the decision changes", async () => {
    const header = await signer()(state, later(20.5).toISOString());
    expect(header).toContain("Max-Age=20;");
    const cookie = header?.split(";")[0] ?? "";
    expect(await verify(cookie, { clock: () => later(19) })).not.toBeNull();
    expect(await verify(cookie, { clock: () => later(20.5) })).toBeNull();
    expect(await signer()(state, later(0.5).toISOString())).toBeNull();
  });

  it("lives by the machine's clock, even in an app whose clock is a year ahead", async () => {
    const inAYear = () => later(365 * 24 * 3600);
    const parts = { option: { secret }, appOrigin: appUrl, logger: silent, machineClock: () => now };
    const sign = createEdgeTokenSigner({ ...parts, clock: inAYear });
    const changesAt = new Date(inAYear().getTime() + 20_500).toISOString();
    for (const [change, seconds] of [
      [null, 60],
      [changesAt, 20],
    ] as const) {
      const header = await sign(state, change);
      expect(header).toContain(`Max-Age=${seconds};`);
      const cookie = header?.split(";")[0] ?? "";
      expect(await verify(cookie, { clock: () => later(seconds - 1) })).not.toBeNull();
      expect(await verify(cookie, { clock: () => later(seconds) })).toBeNull();
    }
  });

  it("is short-lived when it was decided without the store", async () => {
    const header = await signer({ maxAgeSeconds: 300 })({ ...state, degraded: true }, null);
    expect(header).toContain("Max-Age=10;");
    expect(await verify(header?.split(";")[0] ?? "")).toMatchObject({ degraded: true });
  });

  it("is not set, with one warning, when the browser might not keep it", async () => {
    const sign = signer();
    const export_ = state.features.export;
    if (export_ === undefined) throw new Error("There is no such feature.");
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`feature_${index}`, export_]));
    silent.warn.mockClear();
    for (let count = 0; count < 3; count += 1)
      expect(await sign({ ...state, features: many }, null)).toBeNull();
    expect(silent.warn).toHaveBeenCalledTimes(1);
    expect(await sign({ ...state, customerId: null }, null)).toBeNull();
  });

  it.each<[Partial<EdgeTokenOption>]>([
    [{ maxAgeSeconds: 5 }],
    [{ maxAgeSeconds: 301 }],
    [{ maxAgeSeconds: 60.5 }],
    [{ cookieName: "a;b" }],
    [{ cookieName: "__Host-x" }],
  ])("is refused with %j", (option) => {
    expect(() => signer(option)).toThrow(expect.objectContaining({ code: "invalid_options" }));
  });
});
