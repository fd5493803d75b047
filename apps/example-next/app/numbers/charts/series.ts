/** One line of a legend, and one number for each span; `null`: there is none. */
interface Series {
  readonly name: string;
  readonly tone: "one" | "two" | "three" | "four" | "five";
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  readonly title: string;
  /** What each span is called. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** Writes a number as people read it, in the table and at the axis. */
  readonly say: (value: number) => string;
}
