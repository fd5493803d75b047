import { describe, expect, it } from "vitest";
import { BillingError, errorStatus, isErrorCode } from "./errors.js";

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

describe("errorStatus", () => {
  it("has snake_case codes and statuses of refusals only", () => {
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
