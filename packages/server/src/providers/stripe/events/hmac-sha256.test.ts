import { afterEach, expect, test, vi } from "vitest";
import { createHmac } from "./hmac-sha256.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

const bytes = (text: string) => new TextEncoder().encode(text);

// RFC 4231, test case 2 (https://www.rfc-editor.org/rfc/rfc4231#section-4.3).
const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

test("makes the published digest with Node's module", async () => {
  expect(await createHmac("Jefe")(bytes("what do ya want "), bytes("for nothing?"))).toBe(expected);
});

test("makes the same digest where there is no Node", async () => {
  vi.stubGlobal("process", undefined);
  const hmac = createHmac("Jefe");
  vi.unstubAllGlobals();
  expect(await hmac(bytes("what do ya want "), bytes("for nothing?"))).toBe(expected);
  expect(await hmac(bytes("what do ya want for nothing?"))).toBe(expected);
});
