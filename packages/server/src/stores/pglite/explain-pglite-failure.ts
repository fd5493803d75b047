import { BillingError } from "@tollgate/core";

const bundled =
  "PGlite did not find the files that it brings: a bundler took it into the app. In Next, wrap your configuration: " +
  "`export default withTollgate(nextConfig)` from @tollgate/server/next (it adds @tollgate/server and " +
  "@electric-sql/pglite to `serverExternalPackages`). With another bundler, keep @electric-sql/pglite external.";
const notInstalled =
  "The embedded database needs PGlite: npm install @electric-sql/pglite. Or give `store` a Postgres: " +
  "postgres(pool) from @tollgate/server/postgres.";
const notWritable = (code: string) =>
  `The folder of the embedded database can't be written (${code}). Name one that this process may write, pglite(folder); ` +
  "where no disk outlives the process, as on serverless hosts, use Postgres: postgres(pool) from @tollgate/server/postgres.";

const diskCodes: ReadonlySet<string> = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOTDIR",
  "EEXIST",
  "ENOSPC",
  "EDQUOT",
]);

/**
 * Why PGlite could not be opened, in words that say what to do; an unknown reason stays as it is. The folder's path is
 * only in the cause, which only the log shows.
 */
export function explainPgliteFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof BillingError) return error;
  const message = explain(error);
  return message === null ? error : new BillingError("store_unsuitable", message, { cause: error });
}

function explain(error: Error): string | null {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const isUs = /@electric-sql[\\/]pglite/.test(error.message);
  if (["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(code) && isUs) return notInstalled;
  if (diskCodes.has(code)) return notWritable(code);
  return isOfFiles(error, code) ? bundled : null;
}

/** It reads its files by URLs next to its own module, which a bundler moves, or turns into something else. */
function isOfFiles(error: Error, code: string): boolean {
  if (["ERR_INVALID_URL", "ERR_INVALID_URL_SCHEME", "ERR_INVALID_ARG_TYPE"].includes(code)) return true;
  return code === "ENOENT" && /\.(?:wasm|data|tar\.gz)\b/.test(error.message);
}
