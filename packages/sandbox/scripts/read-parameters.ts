import ts from "typescript";
import type { FieldCode } from "../src/api/request-fields.js";

/** Numbers that may have decimals; the declarations say `number` for these and for integers alike. */
const fractional = [
  "amount_percent",
  "application_fee_percent",
  "fx_rate",
  "height",
  "length",
  "percent_off",
  "percent_ownership",
  "percentage",
  "weight",
  "width",
];

type Bounds = { minimum?: number; maximum?: number };

/** The end of the year 9999, beyond which no time has a text. */
const time: Bounds = { minimum: 0, maximum: 253_402_300_799 };

/** What Stripe refuses beyond, by name; the declarations don't say. */
const bounds: Record<string, Bounds> = {
  accepted_at: time,
  amount_off: { minimum: 1 },
  amount_percent: { minimum: 0, maximum: 100 },
  application_fee_amount: { minimum: 0 },
  application_fee_percent: { minimum: 0, maximum: 100 },
  automatically_finalizes_at: time,
  backdate_start_date: time,
  billing_cycle_anchor: time,
  cancel_at: time,
  canceled_at: time,
  completed_at: time,
  created: time,
  current_period_end: time,
  current_period_start: time,
  day_of_month: { minimum: 1, maximum: 31 },
  days_until_due: { minimum: 0 },
  due_date: time,
  duration_in_months: { minimum: 1 },
  effective_at: time,
  end: time,
  end_date: time,
  end_time: time,
  expires_at: time,
  frozen_time: time,
  gt: time,
  gte: time,
  hour: { minimum: 0, maximum: 23 },
  interval_count: { minimum: 1 },
  limit: { minimum: 1 },
  lt: time,
  lte: time,
  max_redemptions: { minimum: 1 },
  minute: { minimum: 0, maximum: 59 },
  month: { minimum: 1, maximum: 12 },
  next_invoice_sequence: { minimum: 1 },
  percent_off: { minimum: 0, maximum: 100 },
  percentage: { minimum: 0, maximum: 100 },
  proration_date: time,
  quantity: { minimum: 0 },
  redeem_by: time,
  released_at: time,
  resumes_at: time,
  second: { minimum: 0, maximum: 59 },
  start: time,
  start_date: time,
  start_time: time,
  timestamp: time,
  trial_end: time,
  trial_period_days: { minimum: 1, maximum: 730 },
  unit_amount: { minimum: 0 },
};

/** Texts that an empty value unsets, though their declaration is not `Emptyable`. */
const clearableTexts = [
  "carrier",
  "city",
  "country",
  "default_payment_method",
  "default_price",
  "description",
  "email",
  "footer",
  "line1",
  "line2",
  "lookup_key",
  "name",
  "nickname",
  "phone",
  "postal_code",
  "receipt_email",
  "state",
  "tracking_number",
];

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
    (part) => !isNothing(part) && !isOpen(part) && !(isLiteral(part) && part.value === ""),
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
