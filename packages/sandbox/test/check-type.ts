import ts from "typescript";

const isObject = (type: ts.Type | undefined): boolean => Boolean(type && type.flags & ts.TypeFlags.Object);

const isDecimal = (type: ts.Type): boolean =>
  type.isIntersection() && type.types.some((part) => part.symbol?.name === "DecimalImpl");

/** Stripe's `OtherString`: it lets any string through, so it can't vouch for one. */
const isOpenEnd = (type: ts.Type): boolean => type.isIntersection() && !isDecimal(type);

type Found = { value: unknown; path: string };

const inUnion = (checker: ts.TypeChecker, types: readonly ts.Type[], { value, path }: Found): string[] => {
  const closed = types.filter((type) => !isOpenEnd(type));
  const attempts = closed.map((type) => checkType(checker, type, { value, path }));
  if (attempts.some((errors) => errors.length === 0)) return [];
  const literals = closed.filter((type) => type.isStringLiteral());
  if (typeof value === "string" && literals.length > 0)
    return [`${path}: ${JSON.stringify(value)} is none of ${literals.length} known values`];
  const [first = [`${path}: ${JSON.stringify(value)} has no type`]] = attempts
    .filter((_, index) => typeof value === "object" && value !== null && isObject(closed[index]))
    .sort((one, other) => one.length - other.length);
  return first;
};

const inArray = (checker: ts.TypeChecker, type: ts.Type, { value, path }: Found): string[] => {
  const [element] = checker.getTypeArguments(type as ts.TypeReference);
  if (!Array.isArray(value) || !element) return [`${path}: no array`];
  return value.flatMap((item, index) =>
    checkType(checker, element, { value: item, path: `${path}[${index}]` }),
  );
};

/** Stripe counts the rows of these lists, which the SDK declares for no list. */
const countOfList = /\.(items|lines)\.total_count$/;

/** What came over the wire of a recorded account, and is declared no longer. */
const wireOnly: Readonly<Record<string, readonly string[]>> = {
  charge: ["destination", "dispute", "order"],
  dispute: ["balance_transaction"],
  subscription: ["plan", "quantity"],
};

const inObject = (checker: ts.TypeChecker, type: ts.Type, { value, path }: Found): string[] => {
  if (typeof value !== "object" || value === null) return [`${path}: ${JSON.stringify(value)} is no object`];
  if (checker.isArrayType(type)) return inArray(checker, type, { value, path });
  const any = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (any)
    return Object.entries(value).flatMap(([key, item]) =>
      checkType(checker, any, { value: item, path: `${path}.${key}` }),
    );
  const properties = type.getProperties();
  const known = new Set(properties.map((property) => property.name));
  const kept = "object" in value ? (wireOnly[String(value.object)] ?? []) : [];
  const strange =
    known.size > 0
      ? Object.keys(value).filter(
          (key) => !known.has(key) && !kept.includes(key) && !countOfList.test(`${path}.${key}`),
        )
      : [];
  const errors = strange.map((key) => `${path}.${key}: not declared`);
  for (const property of properties) {
    // The SDK adds methods to what came over the wire.
    if (property.flags & ts.SymbolFlags.Method) continue;
    const optional = Boolean(property.flags & ts.SymbolFlags.Optional);
    const held = (value as Record<string, unknown>)[property.name];
    const inner = `${path}.${property.name}`;
    if (held !== undefined)
      errors.push(...checkType(checker, checker.getTypeOfSymbol(property), { value: held, path: inner }));
    else if (!optional) errors.push(`${inner}: missing`);
  }
  return errors;
};

/** Every difference of a value, as it came over the wire, from a declared type. */
export const checkType = (checker: ts.TypeChecker, type: ts.Type, found: Found): string[] => {
  const { value, path } = found;
  const wrong = [`${path}: ${JSON.stringify(value)} is not ${checker.typeToString(type)}`];
  // The SDK turns decimal strings into objects; on the wire they are text.
  if (isDecimal(type)) return typeof value === "string" ? [] : wrong;
  if (type.isUnion()) return inUnion(checker, type.types, found);
  if (type.flags & ts.TypeFlags.Any || type.flags & ts.TypeFlags.Unknown) return [];
  if (type.flags & ts.TypeFlags.Null) return value === null ? [] : wrong;
  if (type.isStringLiteral() || type.isNumberLiteral()) return value === type.value ? [] : wrong;
  if (type.flags & ts.TypeFlags.BooleanLiteral)
    return checker.typeToString(type) === String(value) ? [] : wrong;
  if (type.flags & ts.TypeFlags.String || isOpenEnd(type)) return typeof value === "string" ? [] : wrong;
  if (type.flags & ts.TypeFlags.Number) return typeof value === "number" ? [] : wrong;
  return isObject(type) ? inObject(checker, type, found) : wrong;
};
