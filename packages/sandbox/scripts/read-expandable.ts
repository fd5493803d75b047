import ts from "typescript";
import type { Call } from "./open-sdk.js";

/** Where a property leads, and whether it may itself be the end of a path. */
type Edge = { to: number; whole: boolean };

/** What can be named in an object; `oneOf` is an object of one of several kinds. */
export type RawNode = { edges: Record<string, Edge>; oneOf: number[] };

/** `seen` keeps a type that holds itself from being read twice. */
export type Graph = { checker: ts.TypeChecker; nodes: RawNode[]; seen: Map<ts.Type, number> };

export const createGraph = (checker: ts.TypeChecker): Graph => ({ checker, nodes: [], seen: new Map() });

/** What Stripe leaves out unless it is asked for, though it is not an object of its own. */
const leftOut = [
  "applies_to",
  "breakdown",
  "confirmation_secret",
  "currency_options",
  "invoice_credit_balance",
  "tax",
  "tiers",
];

/** The same, of what holds nothing itself. */
const leftOutPlain = ["billed_until"];

const partsOf = (type: ts.Type): ts.Type[] => (type.isUnion() ? type.types : [type]);
const isText = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.String) !== 0;
const isHash = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Object) !== 0;
const isObject = (type: ts.Type): boolean => type.getProperty("object") !== undefined;

/** `DeletedCustomer` and the like hold nothing. */
const isDeleted = (type: ts.Type): boolean => {
  const deleted = type.getProperty("deleted");
  return deleted !== undefined && (deleted.flags & ts.SymbolFlags.Optional) === 0;
};

const elementsOf = (graph: Graph, type: ts.Type): readonly ts.Type[] =>
  graph.checker.isArrayType(type) ? graph.checker.getTypeArguments(type as ts.TypeReference) : [type];

const edgeOf = (graph: Graph, property: ts.Symbol): Edge | undefined => {
  const parts = partsOf(graph.checker.getTypeOfSymbol(property)).flatMap((part) =>
    elementsOf(graph, part).flatMap(partsOf),
  );
  const hashes = parts.filter((part) => isHash(part) && !isDeleted(part));
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  if (optional && leftOutPlain.includes(property.name))
    return { to: graph.nodes.push({ edges: {}, oneOf: [] }) - 1, whole: true };
  if (hashes.length === 0) return undefined;
  const included = optional && (hashes.some(isObject) || leftOut.includes(property.name));
  return { to: readNode(graph, hashes), whole: parts.some(isText) || included };
};

const readOne = (graph: Graph, type: ts.Type): number => {
  const known = graph.seen.get(type);
  if (known !== undefined) return known;
  const node: RawNode = { edges: {}, oneOf: [] };
  const position = graph.nodes.push(node) - 1;
  graph.seen.set(type, position);
  for (const property of type.getProperties()) {
    const edge = edgeOf(graph, property);
    if (edge) node.edges[property.name] = edge;
  }
  return position;
};

/** Reads what can be named in an object of one of these kinds. */
const readNode = (graph: Graph, types: readonly ts.Type[]): number => {
  const [first, ...others] = types;
  if (first && others.length === 0) return readOne(graph, first);
  return graph.nodes.push({ edges: {}, oneOf: types.map((type) => readOne(graph, type)) }) - 1;
};

const lists = ["ApiListPromise", "ApiSearchResultPromise", "V2ListPromise"];

/** Where the paths into a method's answer start. */
export const readAnswer = (graph: Graph, { source, overloads }: Call): number | undefined => {
  const type = overloads[0]?.type;
  const [inner] = type && ts.isTypeReferenceNode(type) ? (type.typeArguments ?? []) : [];
  if (!type || !ts.isTypeReferenceNode(type) || !inner) return undefined;
  const objects = (node: ts.TypeNode): ts.Type[] =>
    partsOf(graph.checker.getTypeAtLocation(node)).filter((part) => isHash(part) && !isDeleted(part));
  if (lists.includes(type.typeName.getText(source))) {
    const edges = { data: { to: readNode(graph, objects(inner)), whole: false } };
    return graph.nodes.push({ edges, oneOf: [] }) - 1;
  }
  const [object] = ts.isTypeReferenceNode(inner) ? (inner.typeArguments ?? []) : [];
  return object ? readNode(graph, objects(object)) : undefined;
};
