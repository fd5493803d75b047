import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

export type Declared = {
  checker: ts.TypeChecker;
  /** By the `object` that an interface declares; a few kinds have several interfaces. */
  types: Map<string, ts.Type[]>;
  /** The events of the second API, by their type. */
  thinEvents: Map<string, ts.Type>;
};

const options: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  types: [],
  lib: ["lib.es2022.d.ts"],
};

const literalOf = (declaration: ts.InterfaceDeclaration, name: string): string | undefined => {
  const property = declaration.members.find(
    (member) => ts.isPropertySignature(member) && member.name.getText() === name,
  );
  if (!property || !ts.isPropertySignature(property) || !property.type) return undefined;
  const { type } = property;
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined;
};

/** The interfaces of a file; older SDKs have them in `declare module "stripe" { namespace Stripe { … } }`. */
const interfacesIn = (node: ts.Node): ts.InterfaceDeclaration[] => {
  if (ts.isInterfaceDeclaration(node)) return [node];
  if (ts.isSourceFile(node) || ts.isModuleBlock(node)) return node.statements.flatMap(interfacesIn);
  return ts.isModuleDeclaration(node) && node.body ? interfacesIn(node.body) : [];
};

const read = (sdk: string): Declared => {
  const esm = join(sdk, "esm/resources");
  const older = existsSync(join(sdk, "types"));
  const files = readdirSync(older ? join(sdk, "types") : esm, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const types = new Map<string, ts.Type[]>();
  const thinEvents = new Map<string, ts.Type>();
  const interfaces = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    return source ? interfacesIn(source) : [];
  });
  for (const declaration of interfaces) {
    const object = literalOf(declaration, "object");
    if (object && !declaration.name.text.startsWith("Deleted"))
      types.set(object, [...(types.get(object) ?? []), checker.getTypeAtLocation(declaration)]);
    const event = declaration.name.text.endsWith("Event") ? literalOf(declaration, "type") : undefined;
    if (event) thinEvents.set(event, checker.getTypeAtLocation(declaration));
  }
  return { checker, types, thinEvents };
};

const known = new Map<string, Declared>();

const installed = dirname(dirname(createRequire(import.meta.url).resolve("stripe")));

/** Everything that an SDK declares; read when it is first asked for, which takes seconds. */
export const declaredTypes = (sdk = installed): Declared => {
  const declared = known.get(sdk) ?? read(sdk);
  known.set(sdk, declared);
  return declared;
};
