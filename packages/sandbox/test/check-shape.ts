import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The interface in the SDK's own declarations for each `object`. */
const names: Record<string, string> = {
  "billing_portal.configuration": "Stripe.BillingPortal.Configuration",
  "billing_portal.session": "Stripe.BillingPortal.Session",
  charge: "Stripe.Charge",
  "checkout.session": "Stripe.Checkout.Session",
  customer: "Stripe.Customer",
  event: "Stripe.EventBase",
  invoice: "Stripe.Invoice",
  invoice_payment: "Stripe.InvoicePayment",
  item: "Stripe.LineItem",
  line_item: "Stripe.InvoiceLineItem",
  payment_intent: "Stripe.PaymentIntent",
  payment_method: "Stripe.PaymentMethod",
  price: "Stripe.Price",
  product: "Stripe.Product",
  refund: "Stripe.Refund",
  setup_intent: "Stripe.SetupIntent",
  subscription: "Stripe.Subscription",
  subscription_item: "Stripe.SubscriptionItem",
  webhook_endpoint: "Stripe.WebhookEndpoint",
};

const source = `import type Stripe from "stripe";\n${Object.values(names)
  .map((name, index) => `export declare const shape${index}: ${name};`)
  .join("\n")}`;

const load = (): { checker: ts.TypeChecker; types: Map<string, ts.Type> } => {
  // The file exists only in memory, at a place from which the SDK is found.
  const path = fileURLToPath(new URL("./declared-shapes.ts", import.meta.url));
  const options: ts.CompilerOptions = {
    strict: true,
    skipLibCheck: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    exactOptionalPropertyTypes: true,
    types: [],
    lib: ["lib.es2022.d.ts"],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.readFile = (name) => (name === path ? source : readFile(name));
  host.getSourceFile = (name, version, ...rest) =>
    name === path ? ts.createSourceFile(name, source, version) : getSourceFile(name, version, ...rest);
  const program = ts.createProgram([path], options, host);
  const checker = program.getTypeChecker();
  const types = new Map<string, ts.Type>();
  const file = program.getSourceFile(path);
  file?.statements.forEach((statement) => {
    if (!ts.isVariableStatement(statement)) return;
    for (const { name } of statement.declarationList.declarations) {
      const index = Number(name.getText(file).slice("shape".length));
      const object = Object.keys(names)[index];
      if (object) types.set(object, checker.getTypeAtLocation(name));
    }
  });
  return { checker, types };
};

const loaded = load();

const isDecimal = (type: ts.Type): boolean =>
  type.isIntersection() && type.types.some((part) => part.symbol?.name === "DecimalImpl");

/** Stripe's `OtherString`: it lets any string through, so it can't vouch for one. */
const isOpenEnd = (type: ts.Type): boolean => type.isIntersection() && !isDecimal(type);

const inUnion = (types: readonly ts.Type[], value: unknown, path: string): string[] => {
  const closed = types.filter((type) => !isOpenEnd(type));
  const attempts = closed.map((type) => check(type, value, path));
  if (attempts.some((errors) => errors.length === 0)) return [];
  const [first = [`${path}: ${JSON.stringify(value)} is none of the declared values`]] = attempts
    .filter((_, index) => typeof value === "object" && value !== null && isObject(closed[index]))
    .sort((one, other) => one.length - other.length);
  return first;
};

const isObject = (type: ts.Type | undefined): boolean => Boolean(type && type.flags & ts.TypeFlags.Object);

const inObject = (type: ts.Type, value: unknown, path: string): string[] => {
  if (typeof value !== "object" || value === null) return [`${path}: ${JSON.stringify(value)} is no object`];
  const { checker } = loaded;
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    if (!Array.isArray(value) || !element) return [`${path}: no array`];
    return value.flatMap((item, index) => check(element, item, `${path}[${index}]`));
  }
  if (checker.getIndexTypeOfType(type, ts.IndexKind.String)) return [];
  const properties = type.getProperties();
  const known = new Set(properties.map((property) => property.name));
  const strange = known.size > 0 ? Object.keys(value).filter((key) => !known.has(key)) : [];
  const errors = strange.map((key) => `${path}.${key}: not declared`);
  for (const property of properties) {
    const optional = Boolean(property.flags & ts.SymbolFlags.Optional);
    const held = (value as Record<string, unknown>)[property.name];
    if (held === undefined) {
      if (!optional) errors.push(`${path}.${property.name}: missing`);
      continue;
    }
    errors.push(...check(checker.getTypeOfSymbol(property), held, `${path}.${property.name}`));
  }
  return errors;
};

const check = (type: ts.Type, value: unknown, path: string): string[] => {
  const wrong = [`${path}: ${JSON.stringify(value)} is not ${loaded.checker.typeToString(type)}`];
  // The SDK turns decimal strings into objects; on the wire they are text.
  if (isDecimal(type)) return typeof value === "string" ? [] : wrong;
  if (type.isUnion()) return inUnion(type.types, value, path);
  if (type.flags & ts.TypeFlags.Any || type.flags & ts.TypeFlags.Unknown) return [];
  if (type.flags & ts.TypeFlags.Null) return value === null ? [] : wrong;
  if (type.isStringLiteral() || type.isNumberLiteral()) return value === type.value ? [] : wrong;
  if (type.flags & ts.TypeFlags.BooleanLiteral)
    return loaded.checker.typeToString(type) === String(value) ? [] : wrong;
  if (type.flags & ts.TypeFlags.String || isOpenEnd(type)) return typeof value === "string" ? [] : wrong;
  if (type.flags & ts.TypeFlags.Number) return typeof value === "number" ? [] : wrong;
  if (isObject(type)) return inObject(type, value, path);
  return wrong;
};

/** Everything in which an object (and what it holds) differs from the SDK's declaration of its kind. */
export const checkShape = (value: { object: string }): string[] => {
  const type = loaded.types.get(value.object);
  return type ? check(type, value, value.object) : [`${value.object}: no declaration is known`];
};
