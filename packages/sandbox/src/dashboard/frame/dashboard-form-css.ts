/** The dashboard's controls: smaller than a payment page's, and still easy to hit. */
export const dashboardFormCss = `
.button { min-height: 36px; padding: 5px 13px; font-size: 14px; white-space: nowrap; }
.button.small { min-height: 28px; padding: 1px 10px; font-size: 13px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.line { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; }
.line > .field { flex: 1 1 190px; } .line > .field.wide { flex-basis: 240px; } .line > .field.short { flex: 0 1 120px; }
.field { display: flex; flex-direction: column; gap: 4px; min-width: 0; }
.field label { font-size: 13px; line-height: 18px; font-weight: 550; }
.field .hint, .hint { font-size: 13px; line-height: 18px; color: var(--muted); }
input:not([type="radio"], [type="checkbox"]), select, textarea {
  font: inherit; font-size: 14px; color: var(--text); background: var(--raised); width: 100%; min-height: 36px; padding: 6px 10px;
  border: 1px solid var(--edge); border-radius: var(--radius); font-variant-numeric: tabular-nums; min-width: 0;
}
textarea { resize: vertical; }
input:focus-visible, select:focus-visible, textarea:focus-visible { outline-offset: 0; border-radius: var(--radius); }
.grid { display: grid; gap: 14px 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 150px), 1fr)); align-items: start; }
.stack { display: flex; flex-direction: column; gap: 14px; }
.tools { display: flex; flex-direction: column; }
.tools > * { padding-block: 14px; border-top: 1px solid var(--line); }
.tools > :first-child { border-top: 0; padding-top: 0; } .tools > :last-child { padding-bottom: 0; }
.percent { display: flex; align-items: center; gap: 6px; color: var(--muted); font-size: 14px; }
@media (pointer: coarse) { .button, input:not([type="radio"], [type="checkbox"]), select { min-height: 44px; } .button.small { min-height: 36px; } }
`;
