/** The dashboard's frame: navigation at the side, or on top where there is no room beside the page. */
export const frameCss = `
a { text-decoration-thickness: 1px; text-decoration-color: color-mix(in oklch, currentColor 38%, transparent); }
a:hover { text-decoration-color: currentColor; }
body { font-size: 15px; line-height: 22px; overflow-wrap: break-word; }
h1 { font-size: 24px; line-height: 32px; }
code, pre, .json { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace; font-size: 13px; line-height: 20px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; inset-inline-start: 8px; top: -60px; z-index: 3; background: var(--raised); padding: 8px 12px; border-radius: var(--radius); }
.skip:focus { top: 8px; }
.desk { flex: 1; display: grid; grid-template-columns: 232px minmax(0, 1fr); }
.side { border-inline-end: 1px solid var(--line); padding: 20px 12px 32px; display: flex; flex-direction: column; gap: 18px; }
.brand { padding-inline: 10px; display: flex; flex-direction: column; gap: 2px; min-width: 0; }
.brand a { color: var(--text); text-decoration: none; font-weight: 650; font-size: 16px; }
.brand time { font-size: 13px; line-height: 18px; color: var(--muted); font-variant-numeric: tabular-nums; }
.ways { display: flex; flex-direction: column; gap: 1px; }
.ways + .ways { padding-top: 14px; border-top: 1px solid var(--line); }
.ways a { display: flex; align-items: center; min-height: 34px; padding: 5px 10px; border-radius: 6px; color: var(--muted); text-decoration: none; font-size: 14px; line-height: 20px; }
.ways a:hover { color: var(--text); background: var(--hover); }
.ways a[aria-current] { color: var(--text); font-weight: 600; background: var(--hover); }
.side search form { padding-inline: 0; }
.side input[type="search"] { width: 100%; }
.accounts { padding-inline: 10px; font-size: 13px; }
.accounts summary { cursor: pointer; min-height: 24px; color: var(--muted); }
.accounts code { overflow-wrap: anywhere; font-size: 12px; }
main { padding: 28px 32px 72px; max-width: 1120px; width: 100%; min-width: 0; display: flex; flex-direction: column; gap: 28px; }
main > header { display: flex; flex-direction: column; gap: 8px; }
main > header p { max-width: 68ch; }
.crumbs { font-size: 14px; line-height: 20px; color: var(--muted); display: flex; flex-wrap: wrap; gap: 6px; }
.crumbs a::after { content: "/"; margin-inline-start: 6px; opacity: 0.6; display: inline-block; } .crumbs a:last-child::after { content: none; }
.crumbs a { color: inherit; text-decoration: none; } .crumbs a:hover { color: var(--text); text-decoration: underline; }
.title { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; min-width: 0; }
.title h1 { overflow-wrap: anywhere; }
@media (max-width: 879px) {
  .desk { grid-template-columns: minmax(0, 1fr); align-content: start; }
  .side { border-inline-end: 0; border-bottom: 1px solid var(--line); padding: 12px 16px 0; gap: 10px; min-width: 0; }
  .brand { flex-direction: row; flex-wrap: wrap; justify-content: space-between; align-items: baseline; padding-inline: 0; gap: 0 12px; }
  .accounts { padding-inline: 0; }
  .ways { flex-direction: row; mask-image: linear-gradient(to right, black calc(100% - 32px), transparent); overflow-x: auto; margin-inline: -16px; padding-inline: 10px 32px; scrollbar-width: none; padding-block: 3px; }
  .ways::-webkit-scrollbar { display: none; }
  .ways a { min-height: 44px; white-space: nowrap; border-radius: 6px 6px 0 0; padding-inline: 9px; }
  .ways a[aria-current] { background: none; box-shadow: inset 0 -2px var(--accent); }
  .ways a:focus-visible { outline-offset: -3px; }
  .ways.kinds { display: none; }
  main { padding: 20px 16px 56px; gap: 24px; }
}
:root { --hover: oklch(0.24 0.02 285 / 0.06); }
@media (prefers-color-scheme: dark) { :root { --hover: oklch(0.955 0.004 285 / 0.08); } }
@media (forced-colors: active) { .ways a[aria-current] { outline: 1px solid CanvasText; } }
`;
