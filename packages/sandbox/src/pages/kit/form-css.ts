/** Fields, their errors, and the one-click fills. */
export const formCss = `
.form { display: flex; flex-direction: column; gap: 16px; }
.group { display: flex; flex-direction: column; gap: 14px; border: 0; padding: 0; min-width: 0; }
.group > legend, .legend { font-weight: 600; padding: 0; margin-bottom: 12px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 128px), 1fr)); gap: 14px 12px; align-items: start; }
.field { display: flex; flex-direction: column; min-width: 0; }
.field label { font-size: 14px; line-height: 20px; font-weight: 550; margin-bottom: 6px; }
.field input, .field select {
  font: inherit; color: var(--text); background: var(--raised); width: 100%; min-height: 44px; padding: 9px 12px;
  border: 1px solid var(--edge); border-radius: var(--radius); font-variant-numeric: tabular-nums;
  transition: border-color 120ms ease;
}
.field input::placeholder { color: var(--muted); opacity: 0.9; }
.field input:focus, .field select:focus { outline: 3px solid color-mix(in oklch, var(--accent) 40%, transparent); outline-offset: 0; border-color: var(--accent); border-radius: var(--radius); }
.field input[aria-invalid="true"] { border-color: var(--danger); }
.field input[readonly] { background: transparent; border-style: dashed; color: var(--muted); }
.error { color: var(--danger); font-size: 14px; line-height: 20px; margin-top: 6px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.chips > span { font-size: 13px; color: var(--muted); margin-inline-end: 2px; }
.chip {
  font: inherit; font-size: 13px; line-height: 18px; color: var(--text); background: transparent; cursor: pointer;
  min-height: 28px; padding: 4px 10px; border-radius: 999px; border: 1px solid var(--edge);
}
.chip:hover { border-color: var(--text); }
.chip:focus-visible { border-radius: 999px; }
@media (forced-colors: active) { .field input:focus, .field select:focus { outline-color: Highlight; } }
`;
