import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "tsup";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What a browser loads of one app. */
export interface Bundle {
  readonly code: string;
  /** Bytes, minified and gzipped. */
  readonly size: number;
  /** What is in it, the heaviest first: a module's path and its minified bytes. */
  readonly parts: readonly (readonly [module: string, bytes: number])[];
}

/** Builds packages of ours as they are published, types aside, to where the apps in `folder` import them from. */
export function installBuilt(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const target = join(folder, "node_modules/@tollgate", name);
    mkdirSync(target, { recursive: true });
    const cwd = join(root, "packages", name);
    execFileSync(join(root, "node_modules/.bin/tsup"), ["--no-dts", "--out-dir", join(target, "dist")], {
      cwd,
      stdio: "pipe",
    });
    cpSync(join(cwd, "package.json"), join(target, "package.json"));
  }
  symlinkSync(join(root, "packages/core/node_modules/zod"), join(folder, "node_modules/zod"));
}

/**
 * Bundles each app with esbuild, as its own users would for production. React and Stripe's packages stay
 * outside; ours and everything else that is imported are counted.
 */
export async function bundleApps<Name extends string>(
  folder: string,
  apps: Readonly<Record<Name, string>>,
): Promise<Readonly<Record<Name, Bundle>>> {
  const names = Object.keys(apps) as Name[];
  const outDir = join(folder, "out");
  for (const [index, name] of names.entries()) writeFileSync(join(folder, `app-${index}.js`), apps[name]);
  await build({
    config: false,
    entry: names.map((_, index) => join(folder, `app-${index}.js`)),
    external: [/^react(-dom)?($|\/)/, /^@stripe\//],
    noExternal: [/^@tollgate\//, "zod"],
    format: "esm",
    platform: "browser",
    env: { NODE_ENV: "production" },
    target: "es2022",
    minify: true,
    splitting: false,
    treeshake: false,
    metafile: true,
    silent: true,
    outDir,
  });
  const metafile: Metafile = JSON.parse(readFileSync(join(outDir, "metafile-esm.json"), "utf8"));
  const outputs = Object.entries(metafile.outputs);
  const bundles = names.map((name, index) => {
    const output = outputs.find(([path]) => path.endsWith(`/app-${index}.js`));
    if (output === undefined) throw new Error(`esbuild made nothing of "${name}".`);
    return [name, readBundle(join(outDir, `app-${index}.js`), output[1].inputs)] as const;
  });
  return Object.fromEntries(bundles) as Record<Name, Bundle>;
}

type Inputs = Readonly<Record<string, { readonly bytesInOutput: number }>>;

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Inputs }>>;
}

function readBundle(path: string, inputs: Inputs): Bundle {
  const code = readFileSync(path, "utf8");
  const parts = Object.entries(inputs)
    .map(([module, { bytesInOutput }]) => [module.replace(/^.*node_modules\//, ""), bytesInOutput] as const)
    .filter(([, bytes]) => bytes > 0)
    .sort(([, a], [, b]) => b - a);
  return { code, size: gzipSync(code, { level: 9 }).length, parts };
}
