/** The order beside (on wide screens) or above the form that pays for it. */
export const checkoutCss = `
.checkout { display: grid; grid-template-columns: minmax(0, 1fr); flex: 1; }
.order { padding: 24px 20px 28px; } .pay { padding: 24px 20px 40px; background: var(--raised); border-top: 1px solid var(--line); }
.order > div, .pay > div { width: 100%; max-width: 440px; margin-inline: auto; }
.order h1 { font-size: 16px; line-height: 24px; font-weight: 550; color: var(--muted); margin-top: 20px; letter-spacing: 0; }
.total { font-size: 40px; line-height: 48px; font-weight: 650; letter-spacing: -0.02em; margin-top: 2px; }
.total .per { display: inline-block; line-height: 24px; margin-inline-start: 8px; font-size: 15px; font-weight: 400; letter-spacing: 0; color: var(--muted); }
.total .words { font-size: 30px; line-height: 38px; }
.later { margin-top: 6px; color: var(--muted); text-wrap: pretty; }
.lines { margin-top: 24px; display: flex; flex-direction: column; gap: 14px; }
.line { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 16px; }
.line .name { font-weight: 550; } .line .muted, .line .inline, .line .error { grid-column: 1 / -1; text-align: start; }
.inline { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin-top: 18px; } .inline .field { flex: 1; min-width: 0; }
.line .inline { margin-top: 10px; } .line .inline .field { flex: none; width: 112px; } .inline .error { flex-basis: 100%; margin-top: 0; }
.code { display: flex; gap: 10px; align-items: center; margin-top: 18px; }
.tag { border: 1px solid var(--line); border-radius: 6px; padding: 3px 10px; font-weight: 550; font-variant-numeric: tabular-nums; }
.link { font: inherit; font-size: 14px; color: var(--accent); background: none; border: 0; padding: 4px; min-height: 28px; text-decoration: underline; text-underline-offset: 3px; cursor: pointer; }
.shipping { margin-top: 22px; display: flex; flex-direction: column; gap: 10px; align-items: start; } .shipping .choices { width: 100%; }
.sum { border-top: 1px solid var(--line); margin-top: 18px; padding-top: 14px; display: flex; flex-direction: column; gap: 6px; }
.sum > div { display: flex; justify-content: space-between; gap: 16px; }
.sum .due { font-weight: 600; }
.pay h2 { margin-bottom: 14px; font-size: 18px; }
.fine { font-size: 13px; line-height: 19px; color: var(--muted); text-wrap: pretty; }
.choices { border: 0; padding: 0; min-width: 0; display: flex; flex-direction: column; gap: 8px; }
.choices > legend { font-weight: 600; padding: 0; margin-bottom: 10px; }
.choice { display: flex; align-items: center; gap: 10px; min-height: 44px; padding: 8px 12px; border: 1px solid var(--edge); border-radius: var(--radius); cursor: pointer; }
.choice input { flex: none; width: 18px; height: 18px; accent-color: var(--accent); } .choice .money { margin-inline-start: auto; }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.form:has(.choices input[name="method"]) [data-card], .form [data-bank] { display: none; }
.form:has([name="method"][value="card"]:checked) [data-card], .form:has([name="method"][value="bank"]:checked) [data-bank] { display: flex; }
.check { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 10px; align-items: start; font-size: 15px; line-height: 22px; }
.check input { width: 20px; height: 20px; margin-top: 1px; accent-color: var(--accent); } .check .error { grid-column: 2; }
.business summary { cursor: pointer; min-height: 28px; font-size: 15px; } .business .group { margin-top: 12px; }
.embedded .order, .embedded .pay { padding-block: 20px; }
@media (min-width: 900px) {
  .checkout { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .order { padding: 64px 64px 64px 40px; } .order > div { margin-inline: auto 0; }
  .pay { padding: 64px 40px 64px 64px; border-top: 0; border-inline-start: 1px solid var(--line); } .pay > div { margin-inline: 0 auto; }
  .total { font-size: 44px; line-height: 52px; }
}
`;
