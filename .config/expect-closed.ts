import { networkInterfaces } from "node:os";
import { expect } from "vitest";

/** Expects that a demo's page says what browsers must not do with it. */
export async function expectSecurityHeaders(appUrl: string, path: string): Promise<void> {
  const { headers } = await fetch(appUrl + path);
  expect(Object.fromEntries(headers)).toMatchObject({
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  if (path === "/") expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.has("x-powered-by")).toBe(false);
}

/** Expects that a demo answers at none of the addresses at which other machines reach this one. */
export async function expectLoopbackOnly(appUrl: string): Promise<void> {
  const { port } = new URL(appUrl);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address, family, internal } of addresses) {
    // An address that is valid on one link only needs the link's name after it.
    if (internal || address.startsWith("fe80:")) continue;
    const host = family === "IPv6" ? `[${address}]` : address;
    await expect(fetch(`http://${host}:${port}/`), host).rejects.toThrow();
  }
}
