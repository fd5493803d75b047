import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const server = fileURLToPath(new URL("..", import.meta.url));
const source = join(server, "src");
/** The folder of the settings that name the doors, each with its file. */
const configuration = join(server, "../../.config");
const options = { ...readOptions(), noEmit: true };

/** What an app's example takes as given, by name. */
const given: Readonly<Record<string, string>> = {
  billing:
    'declare const billing: import("@tollgate/server").Billing<import("@tollgate/core/testing").ExampleCatalog & { readonly credits: { readonly tokens: { readonly name: string } } }>;',
  plans: 'import { buildCatalog } from "@tollgate/core/testing";\nconst plans = buildCatalog();',
  request: "declare const request: Request;",
  response: "declare const response: Response;",
  pool: 'declare const pool: import("pg").Pool;',
  secretKey: "declare const secretKey: string;",
  webhookSecret: "declare const webhookSecret: string;",
  messageId: "declare const messageId: string;",
  jobId: "declare const jobId: string;",
  holdId: "declare const holdId: string;",
  grantId: "declare const grantId: string;",
  answerQuestion: "declare function answerQuestion(): Promise<{ readonly tokens: number }>;",
  countProjects: "declare function countProjects(): Promise<number>;",
  readSession: "declare function readSession(request: Request): Promise<{ readonly orgId: string } | null>;",
  NextRequest: 'import type { NextRequest } from "next/server.js";',
  NextResponse: 'import { NextResponse } from "next/server.js";',
  http: 'import http from "node:http";',
  express: 'import express from "express";',
  fastify: 'import createFastify from "fastify";\nconst fastify = createFastify();',
  // Connect's own types, as far as a mount goes.
  connect: `import type { IncomingMessage, ServerResponse } from "node:http";
    type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;
    declare function connect(): { use(path: string, middleware: Middleware): void };`,
};
/** The app that an adapter's example mounts billing in. */
const apps: Readonly<Record<string, string>> = {
  "express.ts": "const app = express();",
  "to-fetch-request.ts": "const app = express();",
  "hono.ts": 'import { Hono } from "hono";\nconst app = new Hono();',
};

const entries = readEntries();

test("every example in a docstring of the server compiles", { timeout: 240_000 }, () => {
  const examples = listFiles().flatMap(examplesOf);
  expect(examples.length).toBeGreaterThan(10);
  expect(compile(new Map(examples))).toEqual([]);
});

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(server, "tsconfig.json"), ts.sys.readFile);
  return ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, server).options;
}

/** The public doors: `@tollgate/server/hono` and its file. */
function readEntries(): ReadonlyMap<string, string> {
  const doors = Object.entries(options.paths ?? {}).filter(([name]) => name.startsWith("@tollgate/server"));
  return new Map(doors.map(([name, [file = ""]]) => [name, join(configuration, file)]));
}

function listFiles(): readonly string[] {
  const all = readdirSync(source, { recursive: true, encoding: "utf8" });
  return all.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
}

/** The examples of a file, each as a module of its own with the imports that it needs. */
function examplesOf(path: string): readonly (readonly [file: string, module: string])[] {
  const text = ts.sys.readFile(join(source, path)) ?? "";
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    // A docstring before a variable belongs to its statement, its list and itself: it counts once.
    const own = ts.isVariableStatement(node) || !ts.isVariableDeclaration(node) ? ts.getJSDocTags(node) : [];
    for (const tag of own)
      if (tag.tagName.text === "example" && tag.parent.parent === node)
        found.push(ts.getTextOfJSDocComment(tag.comment) ?? "");
    ts.forEachChild(node, visit);
  };
  visit(file);
  const name = path.replaceAll(/\W/g, "-");
  return found.map((example, n) => [
    join(server, "test", `example-${name}-${n}.ts`),
    toModule(path, example),
  ]);
}

function toModule(path: string, example: string): string {
  const app = apps[path.replace("adapters/", "")] ?? "";
  const needs = (name: string, text: string) =>
    new RegExp(`\\b${name}\\b`).test(text) &&
    !new RegExp(`(?:const|function|import \\{?) ${name}\\b`).test(text);
  const mount = needs("app", example) ? app : "";
  const takenAsGiven = Object.entries(given).flatMap(([name, lines]) =>
    needs(name, mount + example) ? [lines] : [],
  );
  const imports = [...entries].flatMap(([door, file]) =>
    [...exportsOf(file)].flatMap((name) =>
      new RegExp(`\\b${name}\\(`).test(example) && !new RegExp(`import .*\\b${name}\\b`).test(example)
        ? [`import { ${name} } from "${door}";`]
        : [],
    ),
  );
  return [...imports, ...takenAsGiven, mount, example, "export {};"].join("\n");
}

/** The functions that a door exports, from its text alone: a type checker would take as long as all examples. */
function exportsOf(path: string): ReadonlySet<string> {
  const file = ts.createSourceFile(path, ts.sys.readFile(path) ?? "", ts.ScriptTarget.Latest);
  const names = file.statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement)) {
      const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      return exported && statement.name ? [statement.name.text] : [];
    }
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    return clause && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
  });
  // A function with several signatures is there as often.
  return new Set(names);
}

function compile(sources: ReadonlyMap<string, string>): readonly string[] {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  const examples = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].flatMap((path) => {
    const file = examples.getSourceFile(path);
    const found = [...examples.getSyntacticDiagnostics(file), ...examples.getSemanticDiagnostics(file)];
    return found.map(
      ({ messageText }) =>
        `${path.slice(dirname(path).length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}
