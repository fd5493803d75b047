/** How the card form looks; its custom properties come from the Appearance. */
export const paymentElementCss = `
:host { all: initial; display: block; }
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
.Form {
  --unit: var(--spacing-unit);
  --ring: color-mix(in srgb, var(--color-primary) 28%, transparent);
  container-type: inline-size;
  font-family: var(--font-family); font-size: var(--font-size-base); line-height: var(--font-line-height);
  font-weight: var(--font-weight-normal); color: var(--color-text);
  display: flex; flex-direction: column; gap: var(--grid-row-spacing, calc(var(--unit) * 3.5));
}
.Row { display: grid; grid-template-columns: 1fr 1fr; align-items: start;
  gap: var(--grid-row-spacing, calc(var(--unit) * 3.5)) var(--grid-column-spacing, calc(var(--unit) * 3)); }
.Row--single { grid-template-columns: 1fr; }
.Field { display: flex; flex-direction: column; min-width: 0; }
.Label {
  font-size: var(--label-font-size, var(--font-size-sm)); font-weight: var(--label-font-weight, var(--font-weight-medium));
  color: var(--label-color-text, var(--color-text)); margin-bottom: var(--label-spacing, calc(var(--unit) * 1.25));
}
.Input {
  font: inherit; font-variant-numeric: tabular-nums; color: var(--color-text); background: var(--color-background);
  width: 100%; min-width: 0; min-height: 44px; padding: calc(var(--unit) * 2) calc(var(--unit) * 3);
  border: 1px solid var(--input-color-border); border-radius: var(--border-radius);
  box-shadow: var(--input-box-shadow, none);
  transition: var(--transition, border-color 120ms ease, box-shadow 120ms ease);
}
select.Input {
  appearance: none; padding-inline-end: 32px; text-overflow: ellipsis;
  background-image: linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(135deg, currentColor 50%, transparent 50%);
  background-position: calc(100% - 18px) 52%, calc(100% - 13px) 52%; background-size: 5px 5px; background-repeat: no-repeat;
}
select.Input:dir(rtl) { background-position: 13px 52%, 18px 52%; }
.Input::placeholder { color: var(--color-text-placeholder); opacity: 1; }
.Input:focus, .Chip:focus-visible {
  outline: var(--focus-outline, 2px solid transparent);
  border-color: var(--input-focus-color-border, var(--color-primary));
  box-shadow: var(--input-focus-box-shadow, var(--focus-box-shadow, 0 0 0 3px var(--ring)));
}
.Input--invalid { border-color: var(--color-danger); color: var(--color-danger); }
.Input--invalid:focus { box-shadow: 0 0 0 3px color-mix(in srgb, var(--color-danger) 26%, transparent); }
.Input:disabled { opacity: 0.65; cursor: not-allowed; }
.Error { font-size: var(--font-size-sm); color: var(--color-danger); margin-top: calc(var(--unit) * 1.25); }
.Error:empty { display: none; }
.Number { position: relative; }
.Brand {
  position: absolute; inset-inline-end: 10px; top: 50%; translate: 0 -50%; pointer-events: none;
  font-size: 12px; font-weight: 600; color: var(--color-text-secondary); background: var(--color-background);
  padding-inline-start: 6px;
}
.Tools { display: flex; flex-wrap: wrap; gap: calc(var(--unit) * 1.5); align-items: center; }
.Mark {
  font-size: 12px; line-height: 18px; font-weight: 600; padding: 2px 8px; border-radius: 999px;
  color: #4a2b00; background: #ffd989; margin-inline-end: 2px;
}
.Chip {
  font: inherit; font-size: 12px; line-height: 16px; color: var(--color-text); background: transparent; cursor: pointer;
  min-height: 26px; padding: 4px 10px; border-radius: 999px;
  border: 1px solid color-mix(in srgb, var(--color-text) 34%, transparent);
}
.Chip:hover { border-color: var(--color-text); }
.Chip:disabled { opacity: 0.65; cursor: not-allowed; }
.Form--condensed .Row, .Form--condensed { gap: 8px; }
@container (max-width: 260px) { .Row { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: reduce) { .Input { transition: none; } }
@media (forced-colors: active) { select.Input { appearance: auto; } .Input:focus, .Chip:focus-visible { outline: 2px solid Highlight; } }
`;
