import { fileURLToPath } from "node:url";
import ts from "typescript";
import { compilerOptions } from "./open-sdk.js";

/** A beginning as the generated file has it, before equal ones share a place. */
export type RawBeginning = {
  is?: null | false | 0 | Record<string, never> | never[];
  in?: Record<string, RawBeginning>;
  each?: RawBeginning;
};

const worldFile = fileURLToPath(new URL("../src/engine/world/world.ts", import.meta.url));

/** Sums in which nothing is counted yet; of any other number nobody can say where it begins. */
const isSum = (name: string): boolean => /amount|balance|total/.test(name);

const partsOf = (type: ts.Type): ts.Type[] => (type.isUnion() ? type.types : [type]);
const has = (flag: ts.TypeFlags) => (type: ts.Type) => (type.flags & flag) !== 0;

type Reader = { checker: ts.TypeChecker; above: ts.Type[] };

/** What a field holds before anything was put there; undefined: nothing that would be true of every object. */
const emptyOf = ({ checker }: Reader, name: string, parts: ts.Type[]): RawBeginning["is"] => {
  if (parts.some(has(ts.TypeFlags.Null))) return null;
  if (parts.every(has(ts.TypeFlags.BooleanLike))) return false;
  if (parts.every(has(ts.TypeFlags.NumberLike)) && isSum(name)) return 0;
  const [only] = parts;
  if (!only || parts.length > 1 || !has(ts.TypeFlags.Object)(only)) return undefined;
  return checker.isArrayType(only) ? [] : {};
};

const within = (reader: Reader, type: ts.Type): RawBeginning => {
  const { checker, above } = reader;
  if (above.includes(type)) return {};
  const deeper = { checker, above: [...above, type] };
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    const each = item ? read(deeper, "", item, true) : {};
    return Object.keys(each).length > 0 ? { each } : {};
  }
  if (checker.getIndexTypeOfType(type, ts.IndexKind.String)) return {};
  const fields = type.getProperties().flatMap((field) => {
    const optional = (field.flags & ts.SymbolFlags.Optional) !== 0;
    const node = read(deeper, field.name, checker.getTypeOfSymbol(field), optional);
    return Object.keys(node).length > 0 ? [[field.name, node] as const] : [];
  });
  return fields.length > 0 ? { in: Object.fromEntries(fields) } : {};
};

const read = (reader: Reader, name: string, type: ts.Type, optional: boolean): RawBeginning => {
  const parts = partsOf(type).filter((part) => !has(ts.TypeFlags.Undefined)(part));
  const is = optional ? undefined : emptyOf(reader, name, parts);
  const [hash, ...others] = parts.filter(has(ts.TypeFlags.Object));
  const inner = hash && others.length === 0 ? within(reader, hash) : {};
  return { ...(is === undefined ? {} : { is }), ...inner };
};

const rowsOf = (checker: ts.TypeChecker, holder: ts.Type): Record<string, RawBeginning> =>
  Object.fromEntries(
    holder.getProperties().flatMap((table) => {
      const row = checker.getIndexTypeOfType(checker.getTypeOfSymbol(table), ts.IndexKind.String);
      const node = row ? read({ checker, above: [] }, "", row, true) : {};
      return Object.keys(node).length > 0 ? [[table.name, node]] : [];
    }),
  );

/** What the rows of each table begin with, from the types of the world and of what it hides. */
export const readBeginnings = (): Record<"shown" | "hidden", Record<string, RawBeginning>> => {
  const program = ts.createProgram([worldFile], compilerOptions);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(worldFile);
  const declared = source?.statements.find(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === "World",
  );
  if (!declared) throw new Error(`${worldFile} declares no World.`);
  const world = checker.getTypeAtLocation(declared);
  const hidden = world.getProperty("hidden");
  if (!hidden) throw new Error("The world hides nothing.");
  return { shown: rowsOf(checker, world), hidden: rowsOf(checker, checker.getTypeOfSymbol(hidden)) };
};
