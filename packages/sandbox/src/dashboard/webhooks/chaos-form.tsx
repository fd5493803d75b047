/** @jsxImportSource hono/jsx */
import type { Chaos } from "../../engine/world/chaos.js";
import { faults, windows } from "./chaos-choices.js";

type ChaosProps = {
  action: string;
  chaos: Chaos | null;
  /** What it applies to, for people who can't see where it is. */
  about: string;
};

/** The switches that make deliveries go wrong. */
export const ChaosForm = ({ action, chaos, about }: ChaosProps) => (
  <form class="panel" method="post" action={action} aria-label={`Chaos ${about}`}>
    <p class="sub">
      {chaos
        ? "Deliveries go wrong on purpose. The same seed and the same events give the same faults."
        : "Off. Choose how many percent of the events go wrong, and in which way; every event still arrives whole in the end."}
    </p>
    <div class="grid">
      {faults.map(({ name, label, hint }) => (
        <div key={name} class="field">
          <label for={name}>{label}</label>
          <span class="percent">
            <input
              id={name}
              name={name}
              type="number"
              min="0"
              max="100"
              step="any"
              value={chaos ? Math.round(chaos[name] * 10_000) / 100 : 0}
              aria-describedby={`${name}-hint`}
            />
            %
          </span>
          <span class="hint" id={`${name}-hint`}>
            {hint}
          </span>
        </div>
      ))}
      <div class="field">
        <label for="seed">Seed</label>
        <input id="seed" name="seed" value={chaos?.seed ?? "tollgate"} aria-describedby="seed-hint" />
        <span class="hint" id="seed-hint">
          Repeats the same faults
        </span>
      </div>
    </div>
    <details>
      <summary>How far it goes</summary>
      <div class="grid">
        {windows.map(({ name, label, unit, otherwise }) => (
          <div key={name} class="field">
            <label for={name}>
              {label} ({unit})
            </label>
            <input id={name} name={name} type="number" min="1" value={chaos?.[name] ?? otherwise} />
          </div>
        ))}
      </div>
    </details>
    <div class="buttons">
      <button type="submit" class="button primary">
        {chaos ? "Change it" : "Switch it on"}
      </button>
      {chaos ? (
        <button type="submit" class="button" name="switch" value="off">
          Switch it off
        </button>
      ) : null}
    </div>
  </form>
);
