import type { KnipConfig } from "knip";

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [".ci/*.mjs", ".config/*.ts", ".storybook/*.{ts,tsx}"],
      project: [".ci/*.mjs", ".config/*.ts", ".storybook/*.{ts,tsx}"],
    },
    "packages/{core,server,sandbox}": {
      entry: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts", "test/postgres-server.ts"],
      project: ["src/**/*.{ts,tsx}", "test/**/*.ts"],
    },
    "packages/react": {
      entry: ["src/**/*.test.{ts,tsx}", "src/**/*.stories.tsx", "test/**/*.test.ts"],
      project: ["src/**/*.{ts,tsx}", "test/**/*.ts"],
    },
    "apps/example-next": { entry: ["test/**/*.test.ts"], project: ["**/*.{ts,tsx}"] },
    "apps/example-express": { entry: ["test/**/*.test.ts"], project: ["**/*.{ts,tsx}"] },
  },
};

export default config;
