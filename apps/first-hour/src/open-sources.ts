import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The packages' sources, as an app imports them, with files that exist only here. */
export interface Sources {
  readonly program: ts.Program;
  /** The file of a door: of `@tollgate/server/stripe`, say. */
  readonly doors: ReadonlyMap<string, string>;
}

/** Reads the packages as a compiler does, in a second or two: once for all questions. */
export function openSources(written: ReadonlyMap<string, string> = new Map()): Sources {
  const folder = `${root}.config`;
  const { config } = ts.readConfigFile(`${folder}/tsconfig.packages.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, folder);
  const doors = new Map(
    Object.entries(options.paths ?? {}).map(([door, [path = ""]]) => [door, `${folder}/${path}`]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => written.has(path) || fileExists(path);
  host.readFile = (path) => written.get(path) ?? readFile(path);
  const files = written.size > 0 ? [...written.keys()] : [...doors.values()];
  // What the sources import from a bundler is not asked about.
  return { doors, program: ts.createProgram(files, { ...options, types: ["node"] }, host) };
}
