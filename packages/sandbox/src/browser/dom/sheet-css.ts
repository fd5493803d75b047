/** A bank's or a wallet's step wears its own neutral look: it is not part of the page that asked for it. */
export const sheetCss = `
:host { all: initial; }
* { box-sizing: border-box; margin: 0; }
dialog {
  color-scheme: light dark;
  --surface: #ffffff; --text: #23232d; --muted: #5c5d6b; --line: #8b8c99; --accent: #4b48d6; --on-accent: #ffffff; --danger: #c01c3b;
  font: 400 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  color: var(--text); background: var(--surface); width: min(420px, calc(100vw - 32px)); margin: auto;
  padding: 24px; border: 0; border-radius: 14px; box-shadow: 0 24px 64px rgb(10 10 30 / 0.28);
}
dialog::backdrop { background: rgb(15 15 30 / 0.45); }
h2 { font-size: 20px; line-height: 28px; font-weight: 600; margin-top: 12px; }
.Text { color: var(--muted); margin-top: 6px; }
.Mark {
  display: inline-block; font-size: 12px; line-height: 18px; font-weight: 600; padding: 2px 8px; border-radius: 999px;
  color: #4a2b00; background: #ffd989;
}
.Rows { display: flex; flex-direction: column; gap: 12px; margin-top: 16px; }
.Choice { display: flex; flex-direction: column; gap: 4px; }
.Choice[hidden] { display: none; }
.Choice span { font-size: 14px; font-weight: 500; }
select {
  font: inherit; min-height: 44px; width: 100%; padding: 8px 12px; border-radius: 8px; text-overflow: ellipsis;
  border: 1px solid var(--line); color: var(--text); background: var(--surface);
}
select:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.Error { color: var(--danger); font-size: 14px; margin-top: 12px; }
.Error:empty { display: none; }
.Actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 20px; }
.Button {
  font: inherit; font-weight: 500; min-height: 44px; padding: 8px 16px; flex: 1 1 160px; cursor: pointer;
  border-radius: 8px; border: 1px solid var(--line); color: var(--text); background: transparent;
}
.Button--primary { border-color: transparent; color: var(--on-accent); background: var(--accent); }
.Button:disabled { opacity: 0.65; cursor: progress; }
.Button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  dialog { --surface: #22232e; --text: #f3f3f7; --muted: #b6b8c7; --line: #7d7f92; --accent: #a5aaff; --on-accent: #15151f; --danger: #ff93a3; }
}
@media (forced-colors: active) { dialog, .Button--primary { border: 1px solid CanvasText; } }
`;
