/** How the elements look; the custom properties come from the Appearance. */
export const elementCss = `
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
.Panel, .Joined { display: flex; flex-direction: column; gap: var(--grid-row-spacing, calc(var(--unit) * 3.5)); }
.Row > [hidden] + .Field { grid-column: 1 / -1; }
.Form--floating .Field { position: relative; }
.Form--floating .Label {
  position: absolute; z-index: 1; pointer-events: none; inset-inline-start: calc(var(--unit) * 3 + 1px); top: 16px;
  max-width: calc(100% - var(--unit) * 6); overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  margin: 0; line-height: 1.3; color: var(--color-text-secondary); transform-origin: 0 0;
  transition: var(--transition, transform 120ms ease);
}
.Form--floating .Label:dir(rtl) { transform-origin: 100% 0; }
.Form--floating .Input { min-height: 54px; padding-block: 22px 6px; }
.Form--floating .Input::placeholder { color: transparent; }
.Form--floating .Input:focus::placeholder { color: var(--color-text-placeholder); }
.Form--floating .Field:has(.Input:focus) .Label, .Form--floating .Field:has(select) .Label,
.Form--floating .Field:not(:has(.Input:placeholder-shown)) .Label { transform: translateY(-9px) scale(0.85); }
.Form--condensed .Joined, .Form--condensed .Joined > .Row { gap: 0; }
.Form--condensed .Joined .Input { border-radius: 0; margin-top: -1px; }
.Form--condensed .Joined .Input:focus, .Form--condensed .Joined .Input--invalid { position: relative; z-index: 1; }
.Form--condensed .Joined > .Field:first-child .Input { border-radius: var(--border-radius) var(--border-radius) 0 0; margin-top: 0; }
.Form--condensed .Joined > .Row > .Field + .Field .Input { margin-inline-start: -1px; width: calc(100% + 1px); }
.Form--condensed .Joined > .Row:last-child > .Field:first-child .Input { border-end-start-radius: var(--border-radius); }
.Form--condensed .Joined > .Row:last-child > .Field:last-child .Input,
.Form--condensed .Joined > .Field:last-child .Input { border-end-end-radius: var(--border-radius); }
.Form--condensed .Joined > .Field:last-child .Input { border-end-start-radius: var(--border-radius); }
.TabList { display: flex; flex-wrap: wrap; gap: calc(var(--unit) * 2); }
.Tab, .AccordionButton {
  font: inherit; font-weight: var(--font-weight-medium); text-align: start; min-height: 44px; cursor: pointer;
  padding: calc(var(--unit) * 2) calc(var(--unit) * 3); border-radius: var(--border-radius);
  color: var(--color-text-secondary); background: var(--color-background); border: 1px solid var(--input-color-border);
}
.Tab { flex: 1 1 108px; }
.Tab:hover, .AccordionButton:hover { color: var(--color-text); }
.Tab--selected { color: var(--color-primary); border-color: var(--color-primary); box-shadow: 0 0 0 1px var(--color-primary); }
.Tab:focus-visible, .AccordionButton:focus-visible, .Link:focus-visible, .Saved input:focus-visible, .Check input:focus-visible, .Wallet:focus-visible {
  outline: 3px solid var(--ring); outline-offset: 1px; border-color: var(--color-primary);
}
.Tab:disabled, .AccordionButton:disabled { opacity: 0.65; cursor: not-allowed; }
.Accordion { display: flex; flex-direction: column; }
.Accordion--spaced { gap: calc(var(--unit) * 2); }
.AccordionItem { border: 1px solid var(--input-color-border); background: var(--color-background); }
.AccordionItem + .AccordionItem { margin-top: -1px; }
.Accordion--spaced .AccordionItem { border-radius: var(--border-radius); margin-top: 0; }
.AccordionItem:first-child { border-start-start-radius: var(--border-radius); border-start-end-radius: var(--border-radius); }
.AccordionItem:last-child { border-end-start-radius: var(--border-radius); border-end-end-radius: var(--border-radius); }
.AccordionButton { width: 100%; border: 0; display: flex; gap: calc(var(--unit) * 2.5); align-items: center; background: transparent; }
.AccordionItem--selected .AccordionButton { color: var(--color-text); }
.Radio { inline-size: 16px; block-size: 16px; border-radius: 50%; border: 1.5px solid var(--input-color-border); flex: none; }
.AccordionItem--selected .Radio { border: 5px solid var(--color-primary); }
.AccordionItem > .Panel, .AccordionItem > .SavedList { padding: calc(var(--unit) * 1) calc(var(--unit) * 3) calc(var(--unit) * 4); }
.SavedList { display: flex; flex-direction: column; gap: calc(var(--unit) * 1.5); }
.Saved {
  display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--unit) * 1) calc(var(--unit) * 2.5); min-height: 44px;
  padding: calc(var(--unit) * 1.5) calc(var(--unit) * 3); border: 1px solid var(--input-color-border);
  border-radius: var(--border-radius); background: var(--color-background);
}
.Saved label { display: flex; flex: 1 1 200px; gap: calc(var(--unit) * 2.5); align-items: center; cursor: pointer; min-width: 0; }
.Saved:has(:checked) { border-color: var(--color-primary); box-shadow: 0 0 0 1px var(--color-primary); }
.Saved small { font-size: var(--font-size-sm); color: var(--color-text-secondary); font-variant-numeric: tabular-nums; }
.Saved input, .Check input { inline-size: 18px; block-size: 18px; margin: 0; accent-color: var(--color-primary); flex: none; }
.Link {
  font: inherit; font-size: var(--font-size-sm); color: var(--color-text-secondary); background: transparent; border: 0;
  min-height: 32px; padding: 4px 6px; cursor: pointer; text-decoration: underline; border-radius: 4px;
}
.Link:hover { color: var(--color-danger); }
.Check { display: flex; gap: calc(var(--unit) * 2.5); align-items: center; min-height: 32px; cursor: pointer; }
.Terms { font-size: var(--font-size-sm); color: var(--color-text-secondary); }
.Row--address { display: flex; flex-wrap: wrap; }
.Row--address > .Field { flex: 1 1 130px; }
.Wallets { display: grid; gap: calc(var(--unit) * 2); }
.Wallet {
  font: inherit; font-weight: 600; color: #ffffff; background: #16161d; cursor: pointer; white-space: nowrap;
  border: 1px solid color-mix(in srgb, #ffffff 32%, #16161d);
  border-radius: var(--border-radius); padding: 0 12px; display: flex; gap: 8px; align-items: center; justify-content: center;
}
.Wallet::before {
  content: attr(data-mark); font-size: 12px; line-height: 18px; padding: 2px 8px; border-radius: 999px;
  color: #4a2b00; background: #ffd989;
}
.Wallet:hover { background: #2b2b36; }
.Wallet--white { color: #16161d; background: #ffffff; border-color: #ffffff; }
.Wallet--white:hover { background: #f1f1f4; }
.Wallet--outline { border-color: #16161d; }
@container (max-width: 260px) { .Row { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: reduce) { .Input { transition: none; } }
@media (forced-colors: active) { select.Input { appearance: auto; } .Input:focus, .Chip:focus-visible { outline: 2px solid Highlight; } }
`;
