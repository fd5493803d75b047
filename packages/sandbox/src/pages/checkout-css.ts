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
.line dt { font-weight: 550; } .line dd { text-align: end; } .line .muted { grid-column: 1 / -1; text-align: start; }
.sum { border-top: 1px solid var(--line); margin-top: 18px; padding-top: 14px; display: flex; flex-direction: column; gap: 6px; }
.sum > div { display: flex; justify-content: space-between; gap: 16px; }
.sum .due { font-weight: 600; }
.pay h2 { margin-bottom: 14px; font-size: 18px; }
.fine { font-size: 13px; line-height: 19px; color: var(--muted); text-wrap: pretty; }
.quantity { margin-top: 20px; display: flex; gap: 8px; align-items: end; }
.quantity .field { width: 112px; }
@media (min-width: 900px) {
  .checkout { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .order { padding: 64px 64px 64px 40px; } .order > div { margin-inline: auto 0; }
  .pay { padding: 64px 40px 64px 64px; border-top: 0; border-inline-start: 1px solid var(--line); } .pay > div { margin-inline: 0 auto; }
  .total { font-size: 44px; line-height: 52px; }
}
`;
