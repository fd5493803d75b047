import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    stripe: "src/providers/stripe/index.ts",
    postgres: "src/stores/postgres/postgres.ts",
    sql: "src/stores/driver/sql.ts",
    "sql-testing": "src/stores/driver-conformance/describe-driver-conformance.ts",
    drizzle: "src/stores/drizzle/from-drizzle.ts",
    kysely: "src/stores/kysely/from-kysely.ts",
    prisma: "src/stores/prisma/from-prisma.ts",
    pglite: "src/stores/pglite/pglite.ts",
    memory: "src/stores/memory/memory.ts",
    edge: "src/edge/index.ts",
    testing: "src/testing/index.ts",
    opentelemetry: "src/opentelemetry/index.ts",
    next: "src/adapters/next.ts",
    express: "src/adapters/express.ts",
    hono: "src/adapters/hono.ts",
    fastify: "src/adapters/fastify.ts",
    node: "src/adapters/node.ts",
  },
  format: "esm",
  target: "es2022",
  clean: true,
  treeshake: false,
  dts: {
    // Types are checked by `pnpm check`, and needn't be twice.
    compilerOptions: {
      noCheck: true,
      noEmitOnError: false,
      composite: false,
      incremental: false,
      ignoreDeprecations: "6.0",
      paths: {},
    },
  },
});
