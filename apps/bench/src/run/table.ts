/** A table in Markdown; all columns but the first are numbers. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = `|--|${head
    .slice(1)
    .map(() => "--:|")
    .join("")}`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** `0.0012`, `0.61`, `2.3`, `18`, `2500` */
export function formatRatio(ratio: number): string {
  if (!Number.isFinite(ratio)) return "-";
  if (ratio < 0.1) return ratio.toPrecision(2);
  if (ratio < 2) return ratio.toFixed(2);
  return ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0);
}

/** Whether a target is met. */
export function judge(ratio: number, target: number, better: "more" | "less"): string {
  const met = better === "more" ? ratio >= target : ratio <= target;
  return met ? "yes" : "**no**";
}

/** `0.153`, `12.4`, `180` */
export function formatMicroseconds(time: number): string {
  if (time < 1) return time.toFixed(3);
  return time < 100 ? time.toFixed(1) : time.toFixed(0);
}
