/** A table of a page, under a comment that says what it is a table of. */
export interface MarkedTable {
  /** Such as `props @tollgate/react UpgradeGateProps`. */
  readonly about: string;
  /** Per row and cell the pieces that are written as code, in their order. */
  readonly rows: readonly (readonly (readonly string[])[])[];
}

/** Reads the tables of a page that a comment marks: `<!-- table: … -->`. */
export function readTables(markdown: string): MarkedTable[] {
  return [...markdown.matchAll(/^<!-- table: (.*) -->\n+((?:\|.*\n)+)/gm)].map(
    ([, about = "", table = ""]) => ({
      about,
      // The first two lines are the head.
      rows: table.trim().split("\n").slice(2).map(readRow),
    }),
  );
}

/** A pipe within code is written `\|`, as tables require. */
function readRow(line: string): readonly (readonly string[])[] {
  const cells = line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/);
  return cells.map((cell) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code.replaceAll("\\|", "|")),
  );
}
