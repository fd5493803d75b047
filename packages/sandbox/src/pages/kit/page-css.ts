/** The look of every hosted page: roles as custom properties, two sets of values, one column that grows to two. */
export const pageCss = `
:root {
  color-scheme: light dark;
  --surface: oklch(0.982 0.004 285); --raised: oklch(1 0 0); --line: oklch(0.89 0.008 285);
  --edge: oklch(0.61 0.016 285); --text: oklch(0.24 0.02 285); --muted: oklch(0.46 0.02 285);
  --accent: oklch(0.46 0.19 277); --accent-strong: oklch(0.4 0.19 277); --on-accent: oklch(1 0 0);
  --danger: oklch(0.48 0.18 22); --danger-soft: oklch(0.965 0.018 20);
  --positive: oklch(0.43 0.11 152); --positive-soft: oklch(0.96 0.03 155);
  --warning: oklch(0.43 0.1 65); --warning-soft: oklch(0.96 0.04 85);
  --ribbon: oklch(0.9 0.11 85); --on-ribbon: oklch(0.3 0.07 65);
  --radius: 8px; --radius-card: 14px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: oklch(0.185 0.012 285); --raised: oklch(0.225 0.014 285); --line: oklch(0.33 0.015 285);
    --edge: oklch(0.58 0.02 285); --text: oklch(0.955 0.004 285); --muted: oklch(0.76 0.014 285);
    --accent: oklch(0.77 0.115 282); --accent-strong: oklch(0.83 0.09 282); --on-accent: oklch(0.2 0.03 285);
    --danger: oklch(0.78 0.13 18); --danger-soft: oklch(0.28 0.05 18);
    --positive: oklch(0.8 0.12 155); --positive-soft: oklch(0.27 0.04 155);
    --warning: oklch(0.84 0.1 85); --warning-soft: oklch(0.28 0.04 85);
    --ribbon: oklch(0.36 0.06 80); --on-ribbon: oklch(0.92 0.09 88);
  }
}
*, *::before, *::after { box-sizing: border-box; margin: 0; }
body {
  font: 400 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  color: var(--text); background: var(--surface); min-height: 100vh; display: flex; flex-direction: column;
  overflow-wrap: anywhere;
}
h1 { font-size: 22px; line-height: 30px; font-weight: 650; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 16px; line-height: 24px; font-weight: 600; }
p { text-wrap: pretty; }
:lang(ja) h1, :lang(ja) p { word-break: auto-phrase; }
ul, ol, dl, dd { padding: 0; list-style: none; }
a { color: var(--accent); text-underline-offset: 3px; }
.money { font-variant-numeric: tabular-nums; white-space: nowrap; }
.muted { color: var(--muted); } .small { font-size: 14px; line-height: 20px; }
.ribbon {
  background: var(--ribbon); color: var(--on-ribbon); font-size: 13px; line-height: 20px; padding: 6px 16px; text-align: center;
}
.ribbon strong { font-weight: 700; margin-inline-end: 6px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.back { display: inline-flex; align-items: center; gap: 6px; min-height: 32px; color: var(--muted); text-decoration: none; font-size: 14px; }
.back:hover { color: var(--text); text-decoration: underline; }
.back svg, .chevron { flex: none; } .back:dir(rtl) svg { scale: -1 1; }
.button {
  font: inherit; font-weight: 550; line-height: 24px; min-height: 44px; padding: 9px 16px; border-radius: var(--radius);
  border: 1px solid var(--edge); background: transparent; color: var(--text); cursor: pointer; text-decoration: none;
  display: inline-flex; align-items: center; justify-content: center; text-align: center;
  transition: background-color 120ms ease, border-color 120ms ease;
}
.button:hover { border-color: var(--text); }
.button.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.button.primary:hover { background: var(--accent-strong); }
.button.wide { width: 100%; }
.button.danger { color: var(--danger); border-color: currentColor; }
.button:focus-visible { border-radius: var(--radius); }
.button[aria-disabled="true"] { opacity: 0.72; cursor: progress; }
.notice { border-radius: var(--radius); padding: 12px 14px; font-size: 15px; line-height: 22px; border: 1px solid transparent; }
.notice.bad { color: var(--danger); background: var(--danger-soft); }
.notice.good { color: var(--positive); background: var(--positive-soft); }
.notice.soft { color: var(--warning); background: var(--warning-soft); }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) {
  .notice, .button.primary, .chip { border-color: CanvasText; }
  .ribbon { border-bottom: 1px solid CanvasText; }
}
`;
