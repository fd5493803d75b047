import { describe, expect, it } from "vitest";
import { CodedError } from "./coded-error.js";
import { errorStatus, isErrorCode } from "./error-status.js";
import { BillingError } from "./errors.js";

describe("BillingError", () => {
  it("carries the code's status, and goes over the wire without its cause", () => {
    const cause = new Error("sk_live_secret");
    const error = new BillingError("upgrade_required", "Upgrade to Pro.", {
      details: { upgradeTo: "pro" },
      cause,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "BillingError", status: 402, cause });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      error: { code: "upgrade_required", message: "Upgrade to Pro.", details: { upgradeTo: "pro" } },
    });
  });

  it("has no details and no cause unless given", () => {
    const error = new BillingError("not_found", "There is nothing here.");
    expect(error.toJSON()).toEqual({ error: { code: "not_found", message: "There is nothing here." } });
    expect(Object.hasOwn(error, "cause")).toBe(false);
  });
});

describe("CodedError", () => {
  const coded = new CodedError("forbidden", 403, "Not you.", { details: { why: "role" } });

  it("is a BillingError in everything that it says", () => {
    const error = new BillingError("forbidden", "Not you.", { details: { why: "role" } });
    expect({ ...coded, message: coded.message }).toEqual({ ...error, message: error.message });
    expect(coded).toBeInstanceOf(BillingError);
    expect(JSON.stringify(coded)).toBe(JSON.stringify(error));
  });

  it("takes no status other than the code's own", () => {
    // @ts-expect-error forbidden is 403.
    expect(new CodedError("forbidden", 401, "Not you.").status).toBe(401);
  });

  it("makes nothing else a BillingError", () => {
    for (const other of [new Error("no"), null, undefined, { code: "forbidden", status: 403 }, "forbidden"])
      expect(other instanceof BillingError).toBe(false);
  });

  it("is not an instance of a class that an app derives from BillingError", () => {
    class AppError extends BillingError {}
    expect(coded).not.toBeInstanceOf(AppError);
    expect(new BillingError("internal", "No.")).not.toBeInstanceOf(AppError);
    expect(new AppError("internal", "No.")).toBeInstanceOf(AppError);
  });
});

describe("BillingError's own answer", () => {
  const error = new BillingError("upgrade_required", "Upgrade to Pro.", { details: { upgradeTo: "pro" } });

  it.each(["toResponse", "getResponse"] as const)(
    "is what %s gives: status, headers, body",
    async (method) => {
      const response = error[method]();
      expect(response.status).toBe(402);
      expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
      // Why one person is refused is nobody else's business, and not true for long.
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toEqual({
        error: { code: "upgrade_required", message: "Upgrade to Pro.", details: { upgradeTo: "pro" } },
      });
    },
  );

  it("is made again each time, because a body can be read only once", async () => {
    await error.toResponse().text();
    expect(error.toResponse().bodyUsed).toBe(false);
  });

  it("is found where other frameworks look for it", () => {
    expect(error).toMatchObject({ status: 402, statusCode: 402 });
    expect(new Headers(error.headers).get("cache-control")).toBe("no-store");
  });

  it("says when to try again, where that is known", () => {
    const limited = new BillingError("rate_limited", "Slow down.", { details: { retryAfterSeconds: 7 } });
    expect(limited.toResponse().headers.get("retry-after")).toBe("7");
    expect(error.toResponse().headers.has("retry-after")).toBe(false);
  });

  it("tells the caller less than whoever runs the app, where the two differ", async () => {
    const down = new BillingError("store_unavailable", "Nobody listens at db.internal:5432.", {
      publicMessage: "The billing database is out of reach.",
    });
    expect(down.message).toBe("Nobody listens at db.internal:5432.");
    const told = { error: { code: "store_unavailable", message: "The billing database is out of reach." } };
    expect(down.toJSON()).toEqual(told);
    expect(await down.toResponse().json()).toEqual(told);
  });
});

describe("errorStatus", () => {
  it("has only snake_case codes and statuses of refusals", () => {
    for (const [code, status] of Object.entries(errorStatus)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });

  it("knows its own codes, and nothing that Object.prototype has", () => {
    expect(isErrorCode("forbidden")).toBe(true);
    for (const code of ["toString", "__proto__", "", null, 402]) expect(isErrorCode(code)).toBe(false);
  });
});
