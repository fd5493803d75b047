import type { KnipConfig } from "knip";

/** A package starts at its exports, which knip reads by itself, and at its tests. */
const starting = (...entries: string[]) => ({
  entry: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}", ...entries],
  project: ["src/**/*.{ts,tsx}", "test/**/*.{ts,tsx}"],
});

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [".ci/*.{mjs,ts}", ".config/*.ts", ".storybook/*.{ts,tsx}"],
      project: [".ci/*.{mjs,ts}", ".config/*.ts", ".storybook/*.{ts,tsx}"],
    },
    "packages/core": { ...starting("scripts/*.ts"), project: ["{src,test,scripts}/**/*.{ts,tsx}"] },
    "packages/server": {
      ...starting("test/postgres-server.ts", "scripts/*.ts"),
      // What Prisma writes for a schema is more than a test uses of it.
      project: ["{src,test,scripts}/**/*.{ts,tsx}", "!test/prisma/generated/**"],
    },
    "packages/sandbox": {
      ...starting("scripts/*.ts"),
      project: ["{src,test,scripts}/**/*.{ts,tsx}"],
      // Stripe's CLI is found by its path, because it is run as a process of its own.
      ignoreDependencies: ["@stripe/cli"],
    },
    "packages/react": {
      // The built modules import `react.ts` in React's place.
      ...starting(
        "src/**/*.stories.tsx",
        "src/{index,payment-form/index,checkout-form/index,credits/index,testing/index,react}.ts",
      ),
      // It names every module, which doesn't mean that what a module exports is used.
      tsup: false,
    },
    "apps/bench": { entry: ["src/*.ts"], project: ["src/**/*.ts"] },
    // It installs what the documentation tells a reader to install.
    "apps/first-hour": {
      entry: ["test/**/*.test.ts"],
      project: ["**/*.ts"],
      ignoreDependencies: [/.*/],
    },
    "apps/example-next": { entry: ["test/**/*.test.ts"], project: ["**/*.{ts,tsx}"] },
    "apps/example-express": { entry: ["test/**/*.test.ts"], project: ["**/*.{ts,tsx}"] },
  },
};

export default config;
