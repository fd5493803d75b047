/** What Next's bundler must leave to Node: what brings files of its own, and what must exist only once in a process. */
const external = ["@tollgate/server", "@electric-sql/pglite", "pg", "pg-boss"] as const;

interface External {
  readonly serverExternalPackages: string[];
}

/** The part of Next's configuration that concerns us. */
interface Config {
  readonly serverExternalPackages?: readonly string[];
  readonly transpilePackages?: readonly string[];
}

/**
 * Next's configuration with what billing needs: its packages and the embedded database are loaded by Node, because
 * they bring files that a bundle leaves behind. What is in `transpilePackages` stays with Next.
 *
 * @example
 * // next.config.ts
 * export default withTollgate({ reactStrictMode: true });
 * @example
 * // next.config.ts
 * export default withTollgate(async (phase: string) => ({ poweredByHeader: phase === "phase-development-server" }));
 */
export function withTollgate<C extends object, A extends readonly unknown[]>(
  config: (...call: A) => C | Promise<C>,
): (...call: A) => Promise<C & External>;
export function withTollgate<C extends object>(config?: C): C & External;
export function withTollgate(
  config: Config | ((...call: unknown[]) => Config | Promise<Config>) = {},
): unknown {
  if (typeof config === "function") return async (...call: unknown[]) => widen(await config(...call));
  return widen(config);
}

function widen(config: Config): Config & External {
  const { serverExternalPackages = [], transpilePackages = [] } = config;
  const ours = external.filter((name) => !transpilePackages.includes(name));
  return { ...config, serverExternalPackages: [...new Set([...serverExternalPackages, ...ours])] };
}
