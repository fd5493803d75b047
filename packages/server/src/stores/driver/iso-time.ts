/**
 * A time as the database's JSON writes it, which is ISO 8601 in every session: how a session writes its own times
 * (`datestyle`) is the app's affair, and so is how its `pg` parses them.
 */
export const isoTime = (expression: string) => `to_json(${expression})`;
