/** Rows by their ids. */
export type Table<T> = Record<string, T>;
