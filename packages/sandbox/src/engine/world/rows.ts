/** How many of the rows are older than one, and where those begin that are newer. */
type Place = { older: number; newer: number };

/** Rows that are read one by one, so that whoever wants ten of them looks at no more than it takes to find ten. */
export type Rows<T> = Iterable<T> & {
  filter: (passes: (row: T) => boolean) => Rows<T>;
  map: <U>(to: (row: T) => U) => Rows<U>;
  /** The older rows than that one, newest first; undefined if there never was one of that id. */
  olderThan: (id: string) => Iterable<T> | undefined;
  /** The newer rows than that one, oldest first; undefined if there never was one of that id. */
  newerThan: (id: string) => Iterable<T> | undefined;
};

/** What `read` makes of a row, or undefined where the row is left out. */
type Read<S, T> = (row: S) => T | undefined;

function* downFrom<S, T>(rows: readonly (S | undefined)[], end: number, read: Read<S, T>): Iterable<T> {
  for (let index = end - 1; index >= 0; index--) {
    const row = rows[index];
    const taken = row === undefined ? undefined : read(row);
    if (taken !== undefined) yield taken;
  }
}

function* upFrom<S, T>(rows: readonly (S | undefined)[], start: number, read: Read<S, T>): Iterable<T> {
  for (let index = start; index < rows.length; index++) {
    const row = rows[index];
    const taken = row === undefined ? undefined : read(row);
    if (taken !== undefined) yield taken;
  }
}

const readAs = <S, T>(
  rows: readonly (S | undefined)[],
  placeOf: (id: string) => Place | undefined,
  read: Read<S, T>,
): Rows<T> => ({
  filter: (passes) =>
    readAs(rows, placeOf, (row) => {
      const taken = read(row);
      return taken !== undefined && passes(taken) ? taken : undefined;
    }),
  map: (to) =>
    readAs(rows, placeOf, (row) => {
      const taken = read(row);
      return taken === undefined ? undefined : to(taken);
    }),
  olderThan: (id) => {
    const place = placeOf(id);
    return place && downFrom(rows, place.older, read);
  },
  newerThan: (id) => {
    const place = placeOf(id);
    return place && upFrom(rows, place.newer, read);
  },
  [Symbol.iterator]: () => downFrom(rows, rows.length, read)[Symbol.iterator](),
});

/** Rows that are given oldest first, with undefined where one is gone. */
export const rowsIn = <T>(
  rows: readonly (T | undefined)[],
  placeOf: (id: string) => Place | undefined,
): Rows<T> => readAs(rows, placeOf, (row) => row);

/** Rows that are given newest first, in an array. */
export const rowsOfArray = <T extends { id: string }>(newest: readonly T[]): Rows<T> => {
  const rows = newest.toReversed();
  return rowsIn(rows, (id) => {
    const place = rows.findIndex((row) => row.id === id);
    return place < 0 ? undefined : { older: place, newer: place + 1 };
  });
};
