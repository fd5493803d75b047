/**
 * A parameter in a form that Prisma passes on unchanged: it would write a `Date` without its zone, to be read in the
 * session's.
 */
export function toPrismaValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return value ?? null;
}

/** A row with `int8` and `numeric` as text, as `pg` returns them, instead of `BigInt` and Prisma's `Decimal`. */
export function fromPrismaRow<Row extends object>(row: object): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, fromPrismaValue(value)]),
  ) as Row;
}

function fromPrismaValue(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return isDecimal(value) ? value.toFixed() : value;
}

/** JSON has no methods. */
function isDecimal(value: unknown): value is { toFixed(): string } {
  return (
    typeof value === "object" && value !== null && "toFixed" in value && typeof value.toFixed === "function"
  );
}
