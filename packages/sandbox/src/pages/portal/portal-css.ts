/** The portal: one calm column of sections. */
export const portalCss = `
.portal { width: 100%; max-width: 720px; margin-inline: auto; padding: 28px 20px 64px; display: flex; flex-direction: column; gap: 32px; }
.portal > header { display: flex; flex-direction: column; gap: 10px; }
.portal > section { display: flex; flex-direction: column; gap: 12px; }
.portal > section > h2 { color: var(--muted); font-size: 14px; line-height: 20px; font-weight: 550; }
.panel { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius-card); padding: 20px; display: flex; flex-direction: column; gap: 16px; }
.plan-name { font-size: 18px; line-height: 26px; font-weight: 600; }
.plan-price { font-size: 28px; line-height: 36px; font-weight: 650; letter-spacing: -0.015em; margin: 2px 0 6px; }
.plan-price .per { font-size: 15px; font-weight: 400; color: var(--muted); letter-spacing: 0; }
.row { display: flex; flex-wrap: wrap; gap: 10px 16px; align-items: center; justify-content: space-between; }
.row form { display: flex; }
.buttons { display: flex; flex-wrap: wrap; gap: 10px; }
.badge { display: inline-block; font-size: 13px; line-height: 20px; font-weight: 550; padding: 1px 9px; border-radius: 999px; background: var(--surface); border: 1px solid var(--line); color: var(--muted); }
.badge.good { color: var(--positive); background: var(--positive-soft); border-color: transparent; }
.badge.soft { color: var(--warning); background: var(--warning-soft); border-color: transparent; }
.badge.bad { color: var(--danger); background: var(--danger-soft); border-color: transparent; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 15px; }
th { text-align: start; font-weight: 550; font-size: 14px; color: var(--muted); padding: 0 12px 8px 0; }
td { padding: 11px 12px 11px 0; border-top: 1px solid var(--line); white-space: nowrap; }
th:last-child, td:last-child { padding-inline-end: 0; text-align: end; }
@media (max-width: 519px) {
  .wide-only { display: none; }
  .buttons > * { flex: 1 1 auto; } .buttons form .button { width: 100%; }
}
.options { display: flex; flex-direction: column; gap: 10px; }
.option { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; padding: 14px 16px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--raised); }
.option.current { border-color: var(--accent); }
.quantity { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; width: 100%; }
.quantity .field { flex: 1 1 120px; }
.choices { display: flex; flex-direction: column; gap: 2px; }
.choice { display: flex; gap: 10px; align-items: center; min-height: 36px; }
.choice input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); flex: none; }
.field textarea { font: inherit; color: var(--text); background: var(--raised); width: 100%; padding: 9px 12px; border: 1px solid var(--edge); border-radius: var(--radius); resize: vertical; }
.panel .notice { margin-top: 12px; }
.narrow { max-width: 480px; }
`;
