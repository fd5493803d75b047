/** The invoice as a sheet of paper, with what is left to do beside (on wide screens) or above it. */
export const invoiceCss = `
.invoice { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr); gap: 24px; padding: 24px 16px 48px; width: 100%; max-width: 1120px; margin-inline: auto; align-items: start; }
.due { display: flex; flex-direction: column; gap: 20px; }
.due .amount { font-size: 40px; line-height: 48px; font-weight: 650; letter-spacing: -0.02em; margin-top: 4px; }
.due .head { display: flex; flex-direction: column; }
.badge { font-size: 13px; line-height: 20px; font-weight: 550; padding: 1px 9px; border-radius: 999px; border: 1px solid var(--line); color: var(--muted); white-space: nowrap; }
.badge.good { color: var(--positive); background: var(--positive-soft); border-color: transparent; }
.badge.soft { color: var(--warning); background: var(--warning-soft); border-color: transparent; }
.badge.bad { color: var(--danger); background: var(--danger-soft); border-color: transparent; }
.title { display: flex; justify-content: space-between; align-items: center; gap: 12px; flex-wrap: wrap; }
.panel, .sheet { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius-card); padding: clamp(18px, 4vw, 32px); min-width: 0; }
.panel h2 { margin-bottom: 14px; font-size: 18px; }
.sheet { display: flex; flex-direction: column; gap: 28px; }
.sheet h2 { font-size: 13px; line-height: 20px; font-weight: 550; color: var(--muted); margin-bottom: 4px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr)); gap: 14px 24px; font-size: 15px; line-height: 22px; }
.facts dt { font-size: 13px; line-height: 20px; color: var(--muted); }
.parties { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); gap: 20px 24px; font-size: 15px; line-height: 22px; }
.rows { width: 100%; border-collapse: collapse; font-size: 15px; line-height: 22px; }
.rows th { font-size: 13px; line-height: 20px; font-weight: 550; color: var(--muted); text-align: start; padding: 0 0 8px; border-bottom: 1px solid var(--line); }
.rows td { padding: 12px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.rows .end { text-align: end; padding-inline-start: 16px; white-space: nowrap; }
.rows .roomy { display: none; }
.totals { margin-inline-start: auto; width: min(100%, 340px); font-size: 15px; line-height: 22px; }
.totals > div { display: flex; justify-content: space-between; gap: 24px; padding: 5px 0; }
.totals dt { color: var(--muted); } .totals dd { text-align: end; }
.totals .strong { border-top: 1px solid var(--line); margin-top: 6px; padding-top: 11px; font-weight: 600; } .totals .strong dt { color: inherit; }
.words { font-size: 14px; line-height: 21px; white-space: pre-line; text-wrap: pretty; }
@media (min-width: 640px) { .rows .roomy { display: table-cell; } }
@media (min-width: 960px) {
  .invoice { grid-template-columns: minmax(0, 1fr) 380px; gap: 40px; padding-block: 48px 64px; }
  .due { grid-column: 2; grid-row: 1; position: sticky; top: 32px; } .sheet { grid-column: 1; grid-row: 1; }
}
@media (forced-colors: active) { .badge { border-color: CanvasText; } }
`;
