import { scaleLinear, scalePoint } from "d3-scale";
import { area, line } from "d3-shape";
import { Frame } from "./frame";
import type { ChartProps } from "./series";

interface Props extends ChartProps {
  readonly headline: string;
  /** Where the axis ends. @default what the numbers need */
  readonly most?: number;
}

/** How something developed. Where there is no number, the line has a gap. */
export function LineChart({ most, ...props }: Props) {
  const { labels, series } = props;
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const y = scaleLinear([0, most ?? (highest || 1)], [100, 0]).nice(4);
  const x = scalePoint(labels, [0, 100]).padding(0.5);
  const at = (index: number) => x(labels[index] ?? "") ?? 0;
  const isThere = (value: number | null) => value !== null;
  const trace = line<number | null>(
    (_, index) => at(index),
    (value) => y(value ?? 0),
  ).defined(isThere);
  const ground = area<number | null>(
    (_, index) => at(index),
    y(0),
    (value) => y(value ?? 0),
  ).defined(isThere);
  return (
    <Frame {...props} y={y} ticks={y.ticks(4)}>
      {series.map(({ name, tone, values }) => (
        <g key={name} className={`tone-${tone}`}>
          <path className="ground" d={ground(values) ?? ""} />
          <path className="trace" d={trace(values) ?? ""} />
          {/* A line without length and with round ends: a dot, however the drawing is stretched. */}
          {values.map((value, index) =>
            value === null ? null : (
              <path key={labels[index]} className="dot" d={`M${at(index)},${y(value)}h0`} />
            ),
          )}
        </g>
      ))}
    </Frame>
  );
}
