import type { FieldKind } from "../shapes/request-shapes.js";

/**
 * What an endpoint accepts, as plain data: `decodeParams` reads a request against it. The type parameter is
 * what the decoded value is; nothing of it exists at run time.
 */
export type Field<T = unknown, Required extends boolean = boolean> = {
  kind: FieldKind;
  required: Required;
  /** An empty string clears the value. It decodes to null; for a text it stays empty. */
  clearable?: true;
  values?: readonly string[];
  fields?: Fields;
  of?: Field;
  /** Stripe took it once, and refuses it now with this code and in these words. */
  gone?: { code: string; message: string };
  minimum?: number;
  maximum?: number;
  /** Alternative forms, such as `created` as a number or as a range. */
  or?: readonly Field[];
  readonly decodes?: T;
};

export type Fields = { [name: string]: Field };

type Optional<F extends Fields> = {
  [K in keyof F as F[K] extends Field<unknown, true> ? never : K]?: Decoded<F[K]>;
};
type Needed<F extends Fields> = {
  [K in keyof F as F[K] extends Field<unknown, true> ? K : never]: Decoded<F[K]>;
};
type Decoded<F> = F extends { readonly decodes?: infer T } ? Exclude<T, undefined> : never;

/** What a request's parameters are once decoded. */
export type Params<F extends Fields> = Optional<F> & Needed<F>;

type Plain<T> = Field<T, false>;

export const text = (): Plain<string> => ({ kind: "text", required: false });
export const flag = (): Plain<boolean> => ({ kind: "flag", required: false });
export const integer = (minimum?: number): Plain<number> => ({
  kind: "integer",
  required: false,
  ...(minimum === undefined ? {} : { minimum }),
});
export const choice = <const V extends readonly string[]>(...values: V): Plain<V[number]> => ({
  kind: "choice",
  required: false,
  values,
});
export const list = <T>(of: Field<T>): Plain<T[]> => ({ kind: "list", required: false, of });
export const hash = <F extends Fields>(fields: F): Plain<Params<F>> => ({
  kind: "hash",
  required: false,
  fields,
});
export const metadata = (): Plain<Record<string, string> | null> => ({ kind: "metadata", required: false });

/** Taken without complaint and without effect; the README names every one. */
export const accepted = (): Plain<unknown> => ({ kind: "any", required: false });

/** What Stripe refuses by a code of its own. */
export const gone = (code: string, message: string): Plain<unknown> => ({
  ...accepted(),
  gone: { code, message },
});

export const required = <T>(field: Field<T>): Field<T, true> => ({ ...field, required: true });
export const clearable = <T>(field: Plain<T>): Plain<T | null> => ({
  ...(field as Plain<T | null>),
  clearable: true,
});
export const either = <A, B>(first: Plain<A>, second: Plain<B>): Plain<A | B> => ({
  ...(first as Plain<A | B>),
  or: [second],
});

/** `limit`, `starting_after`, `ending_before`, for every list. */
export const pagination = { limit: integer(), starting_after: text(), ending_before: text() };

/** A time filter: exactly then, or a range. */
export const range = () =>
  either(integer(), hash({ gt: integer(), gte: integer(), lt: integer(), lte: integer() }));

export const address = () =>
  hash({
    city: text(),
    country: text(),
    line1: text(),
    line2: text(),
    postal_code: text(),
    state: text(),
  });
