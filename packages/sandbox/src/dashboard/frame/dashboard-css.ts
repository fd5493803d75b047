/** What the dashboard's pages are made of: panels, tables, facts, forms, code. */
export const dashboardCss = `
.panel { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius-card); padding: 18px 20px; display: flex; flex-direction: column; gap: 14px; min-width: 0; }
.panel.flush { padding: 0; gap: 0; overflow: hidden; }
.panel.flush > .empty { padding: 28px 20px; }
section { display: flex; flex-direction: column; gap: 12px; min-width: 0; }
.head { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; }
.head a { font-size: 14px; }
.columns { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 1100px) { .columns { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } .columns.even { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.columns > :empty { display: none; }
.columns > * { display: flex; flex-direction: column; gap: 24px; min-width: 0; }
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
.tile { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius-card); padding: 14px 16px; color: inherit; text-decoration: none; display: flex; flex-direction: column; gap: 2px; }
a.tile:hover { border-color: var(--edge); }
.tile b { font-size: 26px; line-height: 34px; font-weight: 650; letter-spacing: -0.015em; font-variant-numeric: tabular-nums; }
.tile span { font-size: 14px; line-height: 20px; color: var(--muted); }
.tile.bad b { color: var(--danger); }
.kinds-grid { columns: 3 240px; column-gap: 32px; }
.kinds-grid section { break-inside: avoid; margin-bottom: 28px; gap: 8px; }
.kinds-grid strong { font-weight: 550; }
.kinds-grid li a { display: flex; justify-content: space-between; gap: 12px; padding: 8px 0; border-top: 1px solid var(--line); color: var(--text); text-decoration: none; font-variant-numeric: tabular-nums; }
.kinds-grid li a:hover span:first-child { text-decoration: underline; text-underline-offset: 3px; }
.badge { display: inline-block; flex: none; font-size: 13px; line-height: 20px; font-weight: 550; padding: 0 9px; border-radius: 999px; background: var(--hover); color: var(--muted); white-space: nowrap; }
.badge.good { color: var(--positive); background: var(--positive-soft); }
.badge.soft { color: var(--warning); background: var(--warning-soft); }
.badge.bad { color: var(--danger); background: var(--danger-soft); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 20px; }
th { text-align: start; font-weight: 550; font-size: 13px; color: var(--muted); padding: 10px 12px; white-space: nowrap; }
td { padding: 10px 12px; border-top: 1px solid var(--line); vertical-align: baseline; max-width: 280px; overflow-wrap: anywhere; }
td time, td .money { white-space: nowrap; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { padding-inline-start: 20px; } th:last-child, td:last-child { padding-inline-end: 20px; }
td.end, th.end { text-align: end; font-variant-numeric: tabular-nums; }
tbody tr:hover { background: var(--hover); }
td:first-child > a { color: var(--text); font-weight: 550; text-decoration: none; } tr:hover td:first-child > a { text-decoration: underline; }
@media (max-width: 559px) {
  .listing thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .listing tbody tr { display: flex; flex-wrap: wrap; gap: 3px 14px; align-items: baseline; padding: 11px 16px; border-top: 1px solid var(--line); }
  .listing tbody tr:first-child { border-top: 0; }
  .listing td, .listing td:first-child, .listing td:last-child { display: block; padding: 0; border: 0; max-width: 100%; }
  .listing td:first-child { flex-basis: 100%; }
  .listing td { font-size: 13px; } .listing td:first-child { font-size: 15px; }
  .listing td.wide-only { display: none; }
}
@media (max-width: 719px) { .wide-only { display: none; } th:first-child, td:first-child { padding-inline-start: 16px; } th:last-child, td:last-child { padding-inline-end: 16px; } }
.facts { display: grid; gap: 12px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr)); }
@media (max-width: 559px) { .facts { grid-template-columns: repeat(auto-fill, minmax(min(100%, 136px), 1fr)); } }
.facts dt { font-size: 13px; line-height: 18px; color: var(--muted); } .facts dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.panel.flush { container-type: inline-size; }
.rows > li { display: flex; flex-direction: column; gap: 2px 16px; padding: 10px 20px; border-top: 1px solid var(--line); }
@container (min-width: 500px) { .rows > li { flex-direction: row; justify-content: space-between; align-items: baseline; } .rows > li > small { flex: none; text-align: end; } .rows > li > .happened { flex: 0 1 66%; } }
@container (max-width: 400px) { .rows > li { padding-inline: 16px; } }
.rows > li:first-child { border-top: 0; }
.rows > li > :first-child { min-width: 0; overflow-wrap: anywhere; }
.rows.plain > li { padding-inline: 0; } .rows.plain > li:first-child { padding-top: 0; } .rows.plain > li:last-child { padding-bottom: 0; }
.rows .what { font-weight: 500; color: var(--text); }
.rows a.what { text-decoration: none; } .rows a.what:hover { text-decoration: underline; }
.line-below { display: flex; flex-wrap: wrap; gap: 0 14px; } .rows small .line-below { justify-content: flex-end; }
.rows .sub a { color: var(--muted); } .rows .sub a:hover { color: var(--text); }
@container (max-width: 499px) { .rows small .line-below { display: inline; } .rows small .line-below::before { content: ", "; } }
.rows small, .sub { font-size: 13px; line-height: 18px; color: var(--muted); font-variant-numeric: tabular-nums; }
.empty { color: var(--muted); }
.pages { display: flex; gap: 16px; justify-content: space-between; align-items: center; font-size: 14px; color: var(--muted); min-height: 24px; }
.pages span { display: flex; gap: 16px; }
pre { overflow-x: auto; padding: 16px 20px; margin: 0; tab-size: 2; white-space: pre; }
pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; }
.json .key { color: var(--muted); }
.json a { text-decoration-style: dotted; }
pre.code { font-size: 12px; } .code { border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); padding: 10px 12px; }
.copyable { display: flex; gap: 10px; align-items: center; min-width: 0; }
.copyable code { overflow-wrap: anywhere; min-width: 0; }
.copy { display: none; } .js .copy { display: inline-flex; }
details > summary { cursor: pointer; min-height: 24px; }
details > summary:hover { color: var(--accent); }
details[open] > summary { margin-bottom: 10px; }
.diff td { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px; max-width: none; }
.diff del { color: var(--danger); text-decoration: none; } .diff ins { color: var(--positive); text-decoration: none; }
pre.tall { max-height: 420px; overflow: auto; }
.headers { font-size: 13px; line-height: 20px; } .headers > div { display: grid; grid-template-columns: minmax(110px, 170px) minmax(0, 1fr); gap: 12px; padding: 2px 0; }
.headers dt { color: var(--muted); } .headers dd { overflow-wrap: anywhere; font-family: ui-monospace, Menlo, Consolas, monospace; }
.happened { min-width: 0; overflow-wrap: anywhere; }
.rows.acts > li { flex-direction: row; gap: 16px; align-items: center; justify-content: space-between; }
.rows.acts > li > :first-child { display: flex; flex-direction: column; gap: 2px; } .rows.acts .button { flex: none; }
.requests td:first-child { max-width: 380px; }
.whom { max-width: 420px; }
.trouble { gap: 8px; } .trouble .what { font-weight: 550; color: var(--text); overflow-wrap: anywhere; min-width: 0; font-size: 15px; }
.trouble .head { flex-wrap: nowrap; } .columns.one { grid-template-columns: minmax(0, 1fr); }
.answered { max-height: 132px; overflow: auto; }
.settings { display: flex; flex-direction: column; gap: 28px; max-width: 560px; }
.check { display: flex; gap: 10px; align-items: center; min-height: 28px; font-size: 14px; } .check input { width: 18px; height: 18px; margin: 0; flex: none; accent-color: var(--accent); }
select.slim { width: auto; max-width: 220px; }
.notice { overflow-wrap: anywhere; }
`;
