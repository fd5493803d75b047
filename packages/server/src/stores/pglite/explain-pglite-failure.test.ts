import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BillingError } from "@tollgate/core";
import { expect, it } from "vitest";
import { explainPgliteFailure } from "./explain-pglite-failure.js";
import { pglite } from "./pglite.js";

const failure = (code: string, message = "It failed.") => Object.assign(new Error(message), { code });
const wasm = "ENOENT: no such file or directory, open '/app/.next/server/chunks/pglite.wasm'";

it.each([
  [
    "its files are moved by a bundler",
    failure("ENOENT", wasm),
    /withTollgate\(nextConfig\).*serverExternalPackages/,
  ],
  ["its URLs are rewritten by a bundler", failure("ERR_INVALID_URL"), /withTollgate\(nextConfig\)/],
  ["its URLs are from another realm", failure("ERR_INVALID_ARG_TYPE"), /keep @electric-sql\/pglite external/],
  [
    "it is not installed",
    failure("ERR_MODULE_NOT_FOUND", "Cannot find package '@electric-sql/pglite' imported from /x"),
    /npm install @electric-sql\/pglite/,
  ],
  [
    "the disk is read-only",
    failure("EROFS", "mkdir '/var/task/.tollgate'"),
    /\(EROFS\).*use Postgres: postgres\(pool\)/,
  ],
])("says what to do when %s", (_, error, words) => {
  const explained = explainPgliteFailure(error);
  expect(explained).toMatchObject({
    code: "store_unsuitable",
    message: expect.stringMatching(words),
    cause: error,
  });
  expect((explained as Error).message).not.toMatch(/\/var\/task|\/app\/|\/x\b/);
});

it.each([
  new Error("Aborted()"),
  failure("ENOENT", "no such file: plans.json"),
  new BillingError("internal", "x"),
  "odd",
])("leaves %s as it is", (error) => {
  expect(explainPgliteFailure(error)).toBe(error);
});

it("is what a store says when its folder can't be created", async () => {
  const home = await mkdtemp(join(tmpdir(), "tollgate-test-"));
  await writeFile(join(home, "file"), "");
  const store = pglite(join(home, "file", "data"));
  await expect(store.migrate()).rejects.toMatchObject({
    code: "store_unsuitable",
    message: expect.stringMatching(/can't be written \(ENOTDIR\)/),
  });
  await store.close();
  await rm(home, { recursive: true });
});
