import type { NextConfig } from "next";
import { expect, test } from "vitest";
import { withTollgate } from "./next.js";

const ours = ["@tollgate/server", "@electric-sql/pglite", "pg", "pg-boss"];

test("has Next leave billing's packages to Node, alongside what the app's own configuration says", () => {
  const config: NextConfig = { poweredByHeader: false, serverExternalPackages: ["sharp", "pg"] };
  const widened: NextConfig = withTollgate(config);
  expect(widened).toEqual({
    poweredByHeader: false,
    serverExternalPackages: ["sharp", "pg", "@tollgate/server", "@electric-sql/pglite", "pg-boss"],
  });
  expect(config.serverExternalPackages).toEqual(["sharp", "pg"]);
  expect(withTollgate()).toEqual({ serverExternalPackages: ours });
});

test("takes a configuration that is a function, and gives it what Next gives", async () => {
  const configure = withTollgate(async (phase: string, { defaultConfig }: { defaultConfig: NextConfig }) => ({
    distDir: `${phase}-${defaultConfig.distDir}`,
  }));
  expect(await configure("build", { defaultConfig: { distDir: ".next" } })).toEqual({
    distDir: "build-.next",
    serverExternalPackages: ours,
  });
});

test("leaves to Next what the app has it transpile: a package can't be both", () => {
  const config = withTollgate({ transpilePackages: ["@tollgate/server"] });
  expect(config.serverExternalPackages).not.toContain("@tollgate/server");
});
