import { type ReactNode, useId } from "react";
import type { PanelDescription } from "./describe-panel.js";
import type { GateClassNames } from "./gate-class-names.js";

interface GatePanelProps {
  readonly panel: Pick<PanelDescription, "title" | "description" | "reason">;
  readonly classNames: GateClassNames;
  /** What a screen reader says while the words are only laid out, and not legible. */
  readonly loading?: string;
  /** The button, or what stands in its place. */
  readonly children: ReactNode;
}

/** What it is and why it is closed. While blank, it takes up exactly the space that its words will take. */
export function GatePanel({ panel, classNames, loading, children }: GatePanelProps) {
  const titleId = useId();
  const isBlank = loading !== undefined;
  const line = (part: "title" | "description" | "reason", className?: string) =>
    panel[part] && (
      <p
        id={part === "title" ? titleId : undefined}
        data-tollgate-part={part}
        className={className}
        aria-hidden={isBlank || undefined}
      >
        {isBlank ? <span data-tollgate-skeleton="">{panel[part]}</span> : panel[part]}
      </p>
    );
  return (
    <div
      {...(isBlank ? { "data-placeholder": "" } : { role: "group", "aria-labelledby": titleId })}
      data-tollgate-part="panel"
      className={classNames.panel}
    >
      {isBlank && (
        <span role="status" data-tollgate-part="spoken">
          {loading}
        </span>
      )}
      {line("title", classNames.title)}
      {line("description")}
      {line("reason", classNames.reason)}
      {children}
    </div>
  );
}
