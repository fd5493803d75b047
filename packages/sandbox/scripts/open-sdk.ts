import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import { type Endpoint, readEndpoints } from "./read-endpoints.js";

const entry = createRequire(import.meta.url).resolve("stripe"); // …/stripe/cjs/stripe.cjs.node.js

/** Where the installed SDK declares its resources. */
export const resources = join(dirname(dirname(entry)), "esm/resources");

export const compilerOptions: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: [],
  lib: ["lib.es2022.d.ts"],
};

/** One method of the SDK, with the declarations of its overloads. */
export type Call = { endpoint: Endpoint; source: ts.SourceFile; overloads: ts.MethodDeclaration[] };

export type Sdk = { checker: ts.TypeChecker; calls: Call[] };

const callOf = (program: ts.Program, endpoint: Endpoint): Call[] => {
  const source = program.getSourceFile(join(resources, endpoint.file));
  if (!source) return [];
  const declared = source.statements.find(
    (statement) => ts.isClassDeclaration(statement) && statement.name?.text === endpoint.className,
  );
  const methods =
    declared && ts.isClassDeclaration(declared) ? declared.members.filter(ts.isMethodDeclaration) : [];
  const overloads = methods.filter((member) => member.name.getText(source) === endpoint.method);
  return [{ endpoint, source, overloads }];
};

let opened: Sdk | undefined;

/** The installed SDK's billing methods, as declared; read once, because the compiler takes seconds over them. */
export const openSdk = (): Sdk => (opened ??= readSdk());

const readSdk = (): Sdk => {
  const endpoints = readEndpoints(resources);
  const files = [...new Set(endpoints.map(({ file }) => join(resources, file)))];
  const program = ts.createProgram(files, compilerOptions);
  return {
    checker: program.getTypeChecker(),
    calls: endpoints.flatMap((endpoint) => callOf(program, endpoint)),
  };
};
