import { scaleBand, scaleLinear } from "d3-scale";
import { stack, stackOffsetDiverging } from "d3-shape";
import { Frame } from "./frame";
import type { ChartProps } from "./series";

/** What adds up, above the line, and what takes away, below it. */
export function StackedBars(props: ChartProps & { readonly headline: string }) {
  const { labels, series } = props;
  const rows = labels.map((_, index) => series.map(({ values }) => values[index] ?? 0));
  const layers = stack<readonly number[], number>()
    .keys(series.keys())
    .value((row, key) => row[key] ?? 0)
    .offset(stackOffsetDiverging)(rows);
  const edges = layers.flatMap((layer) => layer.flat());
  const y = scaleLinear([Math.min(0, ...edges), Math.max(0, ...edges) || 1], [100, 0]).nice(4);
  // Half a gap at both ends, so that each band has the width of its label.
  const x = scaleBand(labels, [0, 100]).paddingInner(0.4).paddingOuter(0.2);
  return (
    <Frame {...props} y={y} ticks={y.ticks(4).filter(Number.isInteger)}>
      {layers.map((layer) =>
        layer.map(([from, to], index) => {
          const label = labels[index] ?? "";
          const height = y(from) - y(to);
          if (height === 0) return null;
          const tone = series[layer.key]?.tone;
          return (
            <rect
              key={`${layer.key} ${label}`}
              className={`tone-${tone}`}
              x={x(label)}
              y={y(to)}
              width={x.bandwidth()}
              height={height}
            />
          );
        }),
      )}
    </Frame>
  );
}
