/** One thing that a reader does, in the order of the page. */
export type Step =
  | { readonly kind: "file"; readonly path: string; readonly text: string }
  /** `stays` is a terminal that is left open. */
  | { readonly kind: "commands"; readonly text: string; readonly stays: boolean };

/**
 * The path in a block's first line, in whatever kind of comment its language has; words may follow a colon.
 */
const path = /^(?:\/\/|#|\/\*|<!--) (\S+?)(?::? .*|:)?$/;

/**
 * Reads what a page of the documentation tells its reader to do: each fenced block is one whole file, whose first
 * line is a comment with its path, or commands for a shell. A shell block whose first line says "leave it running"
 * is a terminal of its own.
 *
 * @param heading reads only the section under that heading
 * @throws Error when a block is neither: nobody could follow it word for word
 */
export function readRecipe(markdown: string, heading?: string): Step[] {
  const text = heading === undefined ? markdown : sectionOf(markdown, heading);
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = "", body = ""]) => {
    const [first = ""] = body.split("\n", 1);
    if (language === "sh")
      return { kind: "commands", text: body, stays: /^# .*leave it running/.test(first) };
    const [, named] = path.exec(first) ?? [];
    if (named === undefined)
      throw new Error(
        `This block has no path in its first line, so a reader can't know where it goes:\n${body}`,
      );
    return { kind: "file", path: named, text: body };
  });
}

function sectionOf(markdown: string, heading: string): string {
  const [, after] = markdown.split(`\n## ${heading}\n`, 2);
  if (after === undefined) throw new Error(`The page has no section "${heading}".`);
  return after.split(/^## /m, 1)[0] ?? "";
}

/**
 * Replaces the ports that the page names by free ones, so that a check disturbs nothing that runs on this
 * machine. It is the only thing that is not followed to the letter.
 */
export function movePorts(text: string, ports: ReadonlyMap<number, number>): string {
  return text.replaceAll(/\b\d{4,5}\b/g, (digits) => String(ports.get(Number(digits)) ?? digits));
}
