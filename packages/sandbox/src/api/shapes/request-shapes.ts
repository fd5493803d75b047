/** How a value is read. */
export type FieldKind =
  | "any"
  | "choice"
  | "decimal"
  | "flag"
  | "hash"
  | "integer"
  | "list"
  | "map"
  | "metadata"
  | "number"
  | "text";

/** What a parameter may be, as the SDK declares it: plain data, written by `scripts/generate-requests.ts`. */
export type FieldCode = {
  kind: FieldKind;
  required?: true;
  clearable?: true;
  /** What a `choice` may be. */
  values?: string[];
  /** The position of a `hash`'s fields in `hashes`; inner ones come before outer ones. */
  hash?: number;
  /** What a `list` or a `map` holds. */
  of?: FieldCode;
  /** Alternative forms, such as `created` as a number or as a range. */
  or?: FieldCode[];
  minimum?: number;
  maximum?: number;
};

export type HashCode = Record<string, FieldCode>;

export type RequestShapes = { hashes: HashCode[]; requests: Record<string, HashCode> };
