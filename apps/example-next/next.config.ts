import type { NextConfig } from "next";

const config: NextConfig = {
  // The embedded database and the job engine load files of their own, so Node loads them, not the bundler.
  serverExternalPackages: ["@electric-sql/pglite", "@tollgate/server", "pg", "pg-boss"],
};

export default config;
