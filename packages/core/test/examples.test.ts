import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const core = fileURLToPath(new URL("..", import.meta.url));
const entry = join(core, "src/index.ts");
const options = { ...baseOptions(), noEmit: true };

interface PublicExport {
  readonly name: string;
  readonly kind: "value" | "type";
  readonly isCallable: boolean;
  readonly documentation: string;
  readonly examples: readonly string[];
}

const exported = readExports();

describe("the public exports of @tollgate/core", () => {
  it("each say what they are", () => {
    expect(exported.length).toBeGreaterThan(50);
    expect(exported.filter(({ documentation }) => documentation === "").map(({ name }) => name)).toEqual([]);
  });

  it("show an example of each function and class", () => {
    const silent = exported.filter(({ isCallable, examples }) => isCallable && examples.length === 0);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("have examples that compile", { timeout: 60_000 }, () => {
    const sources = new Map(
      exported.flatMap(({ name, examples }) =>
        examples.map((example, index) => [exampleFile(name, index), toModule(example)] as const),
      ),
    );
    expect(sources.size).toBeGreaterThan(20);
    expect(compile(sources)).toEqual([]);
  });
});

function baseOptions(): ts.CompilerOptions {
  const path = join(core, "tsconfig.json");
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  return ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, core).options;
}

function readExports(): readonly PublicExport[] {
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} has no exports.`);
  return checker.getExportsOfModule(module).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const tags = target.getJsDocTags(checker).filter(({ name }) => name === "example");
    return {
      name: symbol.name,
      kind: target.flags & ts.SymbolFlags.Value ? "value" : "type",
      isCallable: (target.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) !== 0,
      documentation: ts.displayPartsToString(target.getDocumentationComment(checker)),
      examples: tags.map(({ text }) => ts.displayPartsToString(text)),
    };
  });
}

function exampleFile(name: string, index: number): string {
  return join(core, "src", `example-${name}-${index}.ts`);
}

/** An example as a module of its own: with the imports it needs, and a catalog to refer to. */
function toModule(example: string): string {
  const used = exported.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(example));
  const namesOf = (kind: PublicExport["kind"]) =>
    used
      .filter((one) => one.kind === kind)
      .map(({ name }) => name)
      .join(", ");
  const imports = [
    `import { ${namesOf("value")} } from "./index.js";`,
    `import type { ${namesOf("type")} } from "./index.js";`,
  ];
  const catalog = [
    'import { buildCatalog } from "./testing/building/build-catalog.js";',
    "const plans = buildCatalog();",
  ];
  return [...imports, ...(/\bconst plans\b/.test(example) ? [] : catalog), example].join("\n");
}

function compile(sources: ReadonlyMap<string, string>): readonly string[] {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(
      ({ messageText }) =>
        `${path.slice(dirname(entry).length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}
