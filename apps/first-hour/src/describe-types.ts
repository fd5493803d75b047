import ts from "typescript";
import { root, type Sources } from "./open-sources.js";

/** What the packages give to their users, as their compiler sees it. */
export interface PublicTypes {
  /** The names that a door gives out. */
  names(door: string): readonly string[];
  /** The names that a type of ours has; what it inherits from React or the page is not ours. */
  properties(door: string, name: string): readonly string[];
  /** Names, and methods with what they take: `require(request, feature, { used })`, `usage.read(customerId)`. */
  members(door: string, name: string): readonly string[];
  /** The same for each property's type, by the property's name. */
  membersOfEach(door: string, name: string): Readonly<Record<string, readonly string[]>>;
  /** What a function returns. */
  result(
    door: string,
    name: string,
  ): { readonly members: readonly string[]; readonly statuses: readonly string[] };
}

export function describeTypes({ program, doors }: Sources): PublicTypes {
  const checker = program.getTypeChecker();

  function exportsOf(door: string): readonly ts.Symbol[] {
    const source = program.getSourceFile(doors.get(door) ?? "");
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`There is no door ${door}.`);
    return checker.getExportsOfModule(module);
  }
  function find(door: string, name: string): ts.Symbol {
    const symbol = exportsOf(door).find((one) => one.name === name);
    if (symbol === undefined) throw new Error(`${door} gives no ${name}.`);
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }
  const typeOf = (door: string, name: string) => checker.getDeclaredTypeOfSymbol(find(door, name));

  const membersOf = (type: ts.Type) => describeMembers(checker, type);

  return {
    names: (door) => exportsOf(door).map(({ name }) => name),
    properties: (door, name) => ownProperties(checker, typeOf(door, name)).map((one) => one.name),
    members: (door, name) => membersOf(typeOf(door, name)),
    membersOfEach: (door, name) =>
      Object.fromEntries(
        ownProperties(checker, typeOf(door, name)).map((one) => [
          one.name,
          membersOf(checker.getNonNullableType(checker.getTypeOfSymbol(one))),
        ]),
      ),
    result(door, name) {
      const [call] = checker.getTypeOfSymbol(find(door, name)).getCallSignatures();
      if (call === undefined) throw new Error(`${name} is no function.`);
      const type = call.getReturnType();
      return { members: membersOf(type), statuses: statusesOf(checker, type) };
    },
  };
}

/**
 * Names, and methods with what they take; what is grouped under one name, as in `billing.usage`, with that
 * name before it.
 */
function describeMembers(checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  return ownProperties(checker, type).flatMap((property) => {
    const held = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    const [call] = held.getCallSignatures();
    if (call) {
      const taken = call.parameters.map((parameter) => describeParameter(checker, parameter));
      return [`${property.name}(${taken.join(", ")})`];
    }
    if (!isWing(checker, held)) return [property.name];
    return describeMembers(checker, held).map((one) => `${property.name}.${one}`);
  });
}

/** Options by their names; a `Request` or a text by the parameter's own. */
function describeParameter(checker: ts.TypeChecker, parameter: ts.Symbol): string {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
  const names = ownProperties(checker, type);
  const isOptions = names.length > 0 && names.length === allProperties(checker, type).length;
  return isOptions ? `{ ${names.map(({ name }) => name).join(", ")} }` : parameter.name;
}

/** Those of all members of a union; a number or a text has none that count. */
function allProperties(checker: ts.TypeChecker, type: ts.Type): readonly ts.Symbol[] {
  const all = (type.isUnion() ? type.types : [type]).flatMap((one) =>
    one.flags & ts.TypeFlags.Object || one.isIntersection() ? checker.getPropertiesOfType(one) : [],
  );
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** What our own sources declare. */
function ownProperties(checker: ts.TypeChecker, type: ts.Type): readonly ts.Symbol[] {
  return allProperties(checker, type).filter(({ declarations = [] }) =>
    declarations.some((one) => one.getSourceFile().fileName.startsWith(`${root}packages/`)),
  );
}

/** Methods under one name: `billing.usage`. */
function isWing(checker: ts.TypeChecker, type: ts.Type): boolean {
  const named = ownProperties(checker, type);
  const isInterface = ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Interface) !== 0;
  return (
    isInterface &&
    named.length > 0 &&
    named.every((one) => checker.getTypeOfSymbol(one).getCallSignatures().length > 0)
  );
}

/** What `status` may be, of the result itself or of its `state`. */
function statusesOf(checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  const of = (one: ts.Type): readonly string[] =>
    (one.isUnion() ? one.types : [one]).flatMap((member) => {
      const status = checker.getPropertyOfType(member, "status");
      const value = status && checker.getTypeOfSymbol(status);
      const values = value?.isUnion() ? value.types : value ? [value] : [];
      return values.flatMap((literal) => (literal.isStringLiteral() ? [literal.value] : []));
    });
  const state = checker.getPropertyOfType(type, "state");
  const own = [...new Set(of(type))];
  return own.length > 0 || state === undefined ? own : [...new Set(of(checker.getTypeOfSymbol(state)))];
}
