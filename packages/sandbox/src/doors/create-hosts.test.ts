import { describe, expect, it } from "vitest";
import { createHosts, hostUrl } from "./create-hosts.js";

const hosts = createHosts(
  () => "http://billing.internal:4242",
  ["sandbox", ".example.test", "::2", "10.1.2.3"],
);
const has = (header: string): boolean => {
  const url = hostUrl(header);
  return url !== undefined && hosts.has(url.hostname);
};

describe("the sandbox's hosts", () => {
  it.each([
    "localhost",
    "LOCALHOST:4242",
    "localhost.",
    "shop.localhost:3000",
    "127.0.0.1:80",
    "127.8.9.10",
    "[::1]:4242",
    "billing.internal",
    "sandbox:4242",
    "a.b.example.test",
    "[::2]:1",
    "10.1.2.3:4242",
  ])("has %s", (header) => {
    expect(has(header)).toBe(true);
  });

  it.each([
    "evil.test",
    "localhost.evil.test",
    "notlocalhost",
    "127.0.0.1.evil.test",
    "127.evil.test",
    "128.0.0.1",
    "0.0.0.0",
    "10.1.2.4",
    "192.168.0.7:4242",
    "[::3]",
    "[::ffff:7f00:1]",
    "example.test",
    "badexample.test",
    "sandbox.evil.test",
    "",
    "localhost@evil.test",
    "localhost/evil.test",
    "localhost, evil.test",
    "localhost:evil",
  ])("has no %j", (header) => {
    expect(has(header)).toBe(false);
  });

  it.each(["http://sandbox", "sandbox:4242", "face:80", "sandbox/", "", ".", "*"])(
    "refuses %j as a name, in words that name the option",
    (name) => {
      expect(() => createHosts(() => "", [name])).toThrow(
        "allowedHosts (--allow-host) takes the name of a host",
      );
    },
  );
});
