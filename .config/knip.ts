import type { KnipConfig } from "knip";

/** A package starts at its exports, which knip reads by itself, and at its tests. */
const starting = (...entries: string[]) => ({
  entry: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}", ...entries],
  project: ["src/**/*.{ts,tsx}", "test/**/*.{ts,tsx}"],
});

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [".ci/*.mjs", ".config/*.ts", ".storybook/*.{ts,tsx}"],
      project: [".ci/*.mjs", ".config/*.ts", ".storybook/*.{ts,tsx}"],
    },
    "packages/core": starting(),
    "packages/server": starting("test/postgres-server.ts"),
    "packages/sandbox": starting(),
    "packages/react": starting("src/**/*.stories.tsx"),
    "apps/example-next": { entry: ["test/**/*.test.ts"], project: ["**/*.{ts,tsx}"] },
    "apps/example-express": { entry: ["test/**/*.test.ts"], project: ["**/*.{ts,tsx}"] },
  },
};

export default config;
