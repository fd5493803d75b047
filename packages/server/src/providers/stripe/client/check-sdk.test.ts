import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { checkSdk } from "./check-sdk.js";

it.each(["2.0.0", "17.7.0", "22.99.99", "23.0.9"])(
  "refuses the `stripe` package %s, says why, and how to update it",
  (version) => {
    const create = () => checkSdk(version);
    expect(create).toThrow(expect.objectContaining({ code: "invalid_options" }));
    expect(create).toThrow(`is ${version}, which speaks an older version`);
    expect(create).toThrow("npm install stripe@^23.1.0");
  },
);

it.each(["23.1.0", "23.1.0-beta.1", "23.1.1", "23.2.0", "24.0.0", undefined, "next"])(
  "takes %s",
  (version) => {
    expect(() => checkSdk(version)).not.toThrow();
  },
);

it("refuses exactly the versions below the range of the peer", async () => {
  const { peerDependencies } = JSON.parse(
    await readFile(new URL("../../../../package.json", import.meta.url), "utf8"),
  );
  const [, oldest] = /^\^(\d+\.\d+\.\d+)$/.exec(peerDependencies.stripe) ?? [];
  expect(() => checkSdk(oldest)).not.toThrow();
  expect(() => checkSdk("1.0.0")).toThrow(`stripe@^${oldest}`);
});
