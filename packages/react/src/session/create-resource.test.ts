import { BillingError } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import { createResource } from "./create-resource.js";

/** A load whose answers the test gives, in any order. */
function setUp(initial: string | null = null) {
  const asked: {
    signal: AbortSignal;
    resolve: (value: string) => void;
    reject: (error: unknown) => void;
  }[] = [];
  const resource = createResource<string>({
    initial,
    load: (signal) => new Promise((resolve, reject) => asked.push({ signal, resolve, reject })),
  });
  return { resource, asked };
}

const tick = () => new Promise((resolve) => setTimeout(resolve));
const ignore = () => undefined;

describe("a resource", () => {
  it("asks once for all of its readers, when the first one arrives", async () => {
    const { resource, asked } = setUp();
    expect(asked).toHaveLength(0);
    resource.subscribe(ignore);
    resource.subscribe(ignore);
    void resource.refresh();
    expect(asked).toHaveLength(1);
    asked[0]?.resolve("pro");
    await tick();
    expect(resource.getSnapshot()).toEqual({ status: "ready", value: "pro", error: null, fetching: false });
  });

  it("sends no request when it was given its value", () => {
    const { resource, asked } = setUp("free");
    resource.subscribe(ignore);
    expect(asked).toHaveLength(0);
  });

  it("aborts when the last reader has left, and asks again for the next one", async () => {
    const { resource, asked } = setUp();
    const leave = resource.subscribe(ignore);
    leave();
    await tick();
    expect(asked[0]?.signal.aborted).toBe(true);
    resource.subscribe(ignore);
    expect(asked).toHaveLength(2);
  });

  it("carries on when a reader leaves and comes back at once, as in StrictMode", async () => {
    const { resource, asked } = setUp();
    resource.subscribe(ignore)();
    resource.subscribe(ignore);
    await tick();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.signal.aborted).toBe(false);
  });

  it("ignores an answer that a newer value has overtaken", async () => {
    const { resource, asked } = setUp();
    resource.subscribe(ignore);
    resource.set("pro");
    asked[0]?.resolve("free");
    await tick();
    expect(resource.getSnapshot().value).toBe("pro");
  });

  it("keeps what is known when a refresh fails", async () => {
    const { resource, asked } = setUp("pro");
    resource.subscribe(ignore);
    void resource.refresh();
    expect(resource.getSnapshot()).toMatchObject({ status: "ready", fetching: true });
    asked[0]?.reject(new BillingError("store_unavailable", "Later."));
    await tick();
    expect(resource.getSnapshot()).toMatchObject({
      status: "ready",
      value: "pro",
      error: { code: "store_unavailable" },
    });
  });

  it("has failed when nothing is known, and is ready after a retry", async () => {
    const { resource, asked } = setUp();
    resource.subscribe(ignore);
    asked[0]?.reject(new TypeError("Failed to fetch"));
    await tick();
    expect(resource.getSnapshot()).toMatchObject({ status: "failed", error: { code: "internal" } });
    void resource.refresh();
    asked[1]?.resolve("pro");
    await tick();
    expect(resource.getSnapshot()).toMatchObject({ status: "ready", value: "pro", error: null });
  });

  it("gives hydration what the server knew, whatever has arrived since", () => {
    const { resource } = setUp("free");
    resource.set("pro");
    expect(resource.getServerSnapshot().value).toBe("free");
  });
});
