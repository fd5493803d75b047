/** @jsxImportSource hono/jsx */

type EmphasisProps = {
  sentence: string;
  /** The words in it that count, such as an amount or a day; each language has them in a different place. */
  of: readonly string[];
};

/** A sentence with what matters in it emphasised. */
export const Emphasis = ({ sentence, of }: EmphasisProps) => {
  const escaped = of.map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  // Split by a group, every second piece is what the group found.
  const pieces = sentence.split(new RegExp(`(${escaped.join("|")})`));
  return (
    <>
      {pieces.map((piece, index) =>
        index % 2 === 1 ? (
          <strong key={String(index)} class="money">
            {piece}
          </strong>
        ) : (
          piece
        ),
      )}
    </>
  );
};
