/**
 * A time as the database's JSON writes it, which is ISO 8601 in every session: how a session writes times of
 * their own (`datestyle`) is the app's affair, and so is what its `pg` makes of them.
 */
export const isoTime = (expression: string) => `to_json(${expression})`;
