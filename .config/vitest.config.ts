import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type Plugin } from "vitest/config";
import { chromiumLaunchOptions } from "./chromium.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * One browser setup for component tests and stories: the machine's own Chromium, headless. Created for each
 * project, because Vitest writes the project's name into the instance.
 */
const createBrowser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: chromiumLaunchOptions() }),
  instances: [{ browser: "chromium" as const }],
});

// Workspace packages resolve to their sources through the `paths` of tsconfig.packages.json.
const resolve = { tsconfigPaths: true };

/** An address that answers without a page, so that a browser stays where it is. */
const noContent: Plugin = {
  name: "no-content",
  configureServer: ({ middlewares }) => {
    middlewares.use("/no-content", (_request, response) => void response.writeHead(204).end());
  },
};

/** What the compiler says of examples, tables and generated files: a part of `pnpm check`, as all that compiles is. */
const docs = [
  "packages/{core,server}/test/examples.test.ts",
  "packages/sandbox/test/generate.test.ts",
  "apps/first-hour/test/{readme-tables,type-errors}.test.ts",
];

export default defineConfig({
  root,
  test: {
    reporters: ["default", "./.config/plain-summary.ts"],
    // Much of the work waits for a browser or a database, so even two cores serve four workers.
    maxWorkers: Math.max(4, availableParallelism()),
    projects: [
      {
        root,
        resolve,
        test: {
          name: "node",
          // Sharing what was imported halves the time; no test keeps state in a module.
          isolate: false,
          include: ["packages/*/{src,test}/**/*.test.{ts,tsx}"],
          exclude: [...docs, "**/*.browser.test.*", "packages/*/test/packed/**"],
          globalSetup: ["packages/server/test/postgres-server.ts"],
          sequence: { groupOrder: 0 },
          // A new PGlite creates a whole Postgres cluster, which takes seconds on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        resolve,
        plugins: [react(), noContent],
        test: {
          name: "browser",
          isolate: false,
          setupFiles: [".config/fresh-page.ts"],
          include: ["packages/*/{src,test}/**/*.browser.test.{ts,tsx}"],
          browser: {
            ...createBrowser(),
            commands: {
              compileHostStyles: async (_, utilities: readonly string[]) =>
                (await import("./host-styles.ts")).compileHostStyles(utilities),
            },
          },
          sequence: { groupOrder: 1 },
          testTimeout: 20_000,
        },
      },
      {
        root,
        resolve,
        plugins: [storybookTest({ configDir: `${root}/.storybook` })],
        test: {
          name: "stories",
          isolate: false,
          browser: createBrowser(),
          sequence: { groupOrder: 1 },
          testTimeout: 20_000,
        },
      },
      {
        // Whole journeys against built packages: real servers, a real browser, nothing from source.
        root,
        test: {
          name: "journey",
          include: ["apps/*/test/**/*.test.ts", "packages/*/test/packed/**/*.test.ts", ".ci/*.test.ts"],
          exclude: docs,
          sequence: { groupOrder: 2 },
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        root,
        resolve,
        test: { name: "docs", include: docs, testTimeout: 180_000, hookTimeout: 180_000 },
      },
    ],
  },
});
