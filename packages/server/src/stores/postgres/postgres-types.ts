/** By the types' numbers (https://www.postgresql.org/docs/current/catalog-pg-type.html); all others stay text. */
const parsers: { readonly [oid: number]: (text: string) => unknown } = {
  16: (text) => text === "t",
  21: Number,
  23: Number,
  26: Number,
  114: (text) => JSON.parse(text),
  700: Number,
  701: Number,
  3802: (text) => JSON.parse(text),
  1184: toTime,
};

/**
 * What a statement's values become, however the app has told its `pg` to parse them: parsers are set for the whole
 * process (`pg.types.setTypeParser`) or for a pool, and these are passed with each statement of ours.
 */
export const ownTypes = {
  getTypeParser: (oid: number, format?: string) => (format === "binary" ? asItIs : (parsers[oid] ?? asItIs)),
};

function asItIs(value: unknown): unknown {
  return value;
}

/** As text where the session writes it in its own way: we ask for such times as JSON. */
function toTime(text: string): Date | string {
  const time = new Date(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(time.getTime()) ? time : text;
}
