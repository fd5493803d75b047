import ts from "typescript";
import type { FieldCode } from "../src/api/shapes/request-shapes.js";
import { bounds, clearableTexts, fractional } from "./parameter-habits.js";

/** Names and shapes of every hash met so far, so that equal ones are written once. */
export type Hashes = { rows: Record<string, FieldCode>[]; seen: Map<string, number> };

export const createHashes = (): Hashes => ({ rows: [], seen: new Map() });

type Reading = { checker: ts.TypeChecker; hashes: Hashes; stack: ts.Type[] };

const isLiteral = (type: ts.Type): type is ts.StringLiteralType => type.isStringLiteral();

const intern = (hashes: Hashes, row: Record<string, FieldCode>): number => {
  const text = JSON.stringify(row);
  const known = hashes.seen.get(text);
  if (known !== undefined) return known;
  hashes.rows.push(row);
  hashes.seen.set(text, hashes.rows.length - 1);
  return hashes.rows.length - 1;
};

const isFlag = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.BooleanLike) !== 0;
const isNothing = (type: ts.Type): boolean =>
  (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0;
/** `string & Record<never, never>`: "and whatever comes later". */
const isOpen = (type: ts.Type): boolean => type.isIntersection() && !isDecimal(type);
const isDecimal = (type: ts.Type): boolean =>
  type.isIntersection() && type.types.some((part) => part.symbol?.name === "DecimalImpl");

/** The bytes of a file, which arrive as the text that forms are read into. */
const isBytes = (type: ts.Type): boolean => type.symbol?.name === "Uint8Array";

const objectCode = (type: ts.Type, reading: Reading): FieldCode => {
  const { checker } = reading;
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    if (!item) throw new Error("an array of nothing");
    return { kind: "list", of: codeOf(item, "", reading) };
  }
  const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
  if (index && index.type.flags & ts.TypeFlags.Object)
    return { kind: "map", of: codeOf(index.type, "", reading) };
  if (index) return { kind: "metadata" };
  // A type within itself would never end.
  if (reading.stack.includes(type)) return { kind: "any" };
  return { kind: "hash", hash: intern(reading.hashes, readHash(type, reading)) };
};

/** A number of this name, with its bounds. */
const numberCode = (name: string): FieldCode => ({
  kind: fractional.includes(name) ? "number" : "integer",
  ...(Object.hasOwn(bounds, name) ? bounds[name] : {}),
});

const plainCode = (type: ts.Type, name: string, reading: Reading): FieldCode => {
  if (isDecimal(type)) return { kind: "decimal" };
  if (type.flags & ts.TypeFlags.StringLike) return { kind: "text" };
  if (type.flags & ts.TypeFlags.NumberLike) return numberCode(name);
  if (type.flags & ts.TypeFlags.Object) return objectCode(type, reading);
  return { kind: "any" };
};

const codeOf = (type: ts.Type, name: string, reading: Reading): FieldCode => {
  const parts = type.isUnion() ? type.types : [type];
  const clearable = parts.some(
    (part) => (isLiteral(part) && part.value === "") || (part.flags & ts.TypeFlags.Null) !== 0,
  );
  const rest = parts.filter(
    (part) => !isNothing(part) && !isOpen(part) && !isBytes(part) && !(isLiteral(part) && part.value === ""),
  );
  const values = rest.filter(isLiteral).map((part) => part.value);
  const codes: FieldCode[] = [];
  if (values.length > 0) codes.push({ kind: "choice", values: values.sort() });
  if (rest.some(isFlag)) codes.push({ kind: "flag" });
  for (const part of rest) if (!isLiteral(part) && !isFlag(part)) codes.push(plainCode(part, name, reading));
  const [first, ...others] = codes;
  const code: FieldCode = first ?? { kind: "text" };
  return { ...code, ...(others.length > 0 ? { or: others } : {}), ...(clearable ? { clearable: true } : {}) };
};

/** `Emptyable<string>` is `string` to the checker, so the declaration itself is asked. */
const isEmptyable = (property: ts.Symbol): boolean => {
  const { valueDeclaration } = property;
  return (
    valueDeclaration !== undefined &&
    ts.isPropertySignature(valueDeclaration) &&
    valueDeclaration.type?.getText().startsWith("Emptyable<") === true
  );
};

const limits = (property: ts.Symbol): Partial<FieldCode> => {
  const { name } = property;
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const clearable = isEmptyable(property) || (optional && clearableTexts.includes(name));
  return clearable ? { clearable: true } : {};
};

/** A parameters type as data: each name with its kind. */
export const readHash = (type: ts.Type, reading: Reading): Record<string, FieldCode> => {
  const inner = { ...reading, stack: [...reading.stack, type] };
  const entries = reading.checker.getPropertiesOfType(type).map((property): [string, FieldCode] => {
    const code = codeOf(reading.checker.getTypeOfSymbol(property), property.name, inner);
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    return [property.name, { ...code, ...limits(property), ...(optional ? {} : { required: true }) }];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};
