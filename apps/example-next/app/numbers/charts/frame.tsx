import type { ScaleLinear } from "d3-scale";
import type { ReactNode } from "react";
import type { ChartProps } from "./series";

interface Props extends ChartProps {
  /** The figure that counts most. */
  readonly headline: string;
  readonly y: ScaleLinear<number, number>;
  /** Where the lines across are. */
  readonly ticks: readonly number[];
  /** Shapes in a square of a hundred by a hundred, which is stretched: words are never inside. */
  readonly children: ReactNode;
}

/** A drawing with its axes, its legend, and all of its numbers as a table. Drawn on the server; no script is needed. */
export function Frame({ title, headline, labels, series, say, y, ticks, children }: Props) {
  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
        <p className="figure">{headline}</p>
      </figcaption>
      {/* The table below says the same, and better, to whoever doesn't see it. */}
      <div className="plot" aria-hidden="true">
        <div className="y-axis">
          {ticks.map((tick) => (
            <span key={tick} style={{ top: `${y(tick)}%` }}>
              {say(tick)}
            </span>
          ))}
        </div>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" focusable="false">
          <title>{title}</title>
          {ticks.map((tick) => (
            <line
              key={tick}
              className={tick === 0 ? "zero" : "rule"}
              x1="0"
              x2="100"
              y1={y(tick)}
              y2={y(tick)}
            />
          ))}
          {children}
        </svg>
        <div className="x-axis">
          {labels.map((label) => (
            <span key={label}>{label.split(" ")[0]}</span>
          ))}
        </div>
      </div>
      {series.length > 1 && (
        <ul className="legend" aria-hidden="true">
          {series.map(({ name, tone }) => (
            <li key={name} className={`tone-${tone}`}>
              {name}
            </li>
          ))}
        </ul>
      )}
      <Numbers title={title} labels={labels} series={series} say={say} />
    </figure>
  );
}

function Numbers({ title, labels, series, say }: ChartProps) {
  return (
    <details>
      <summary>
        Numbers<span className="for-readers"> of {title}</span>
      </summary>
      <div className="scrolls">
        <table className="bill">
          <caption className="for-readers">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              {series.map(({ name }) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, index) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {series.map(({ name, values }) => {
                  const value = values[index] ?? null;
                  return <td key={name}>{value === null ? "None" : say(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
