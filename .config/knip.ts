import type { KnipConfig } from "knip";

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [".ci/*.mjs", ".config/*.ts", ".storybook/*.{ts,tsx}", ".dependency-cruiser.mjs"],
      project: [".ci/*.mjs", ".config/*.ts", ".storybook/*.{ts,tsx}"],
    },
    "packages/*": {
      entry: ["src/**/*.test.{ts,tsx}", "src/**/*.stories.tsx", "test/**/*.ts", "scripts/*.{ts,mjs}"],
      project: ["src/**/*.{ts,tsx,css}", "test/**/*.ts", "scripts/**"],
    },
    "apps/example-next": { entry: ["test/**/*.ts", "instrumentation.ts"], project: ["**/*.{ts,tsx,css}"] },
    "apps/example-express": {
      entry: ["server/index.ts", "client/main.tsx", "test/**/*.ts"],
      project: ["**/*.{ts,tsx,css}"],
    },
  },
};

export default config;
