/** One card in the middle: 3-D Secure, expired pages, confirmations. */
export const messageCss = `
.message { flex: 1; display: grid; place-items: center; padding: 32px 16px; }
.card {
  width: 100%; max-width: 460px; background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius-card);
  padding: clamp(20px, 6vw, 32px); display: flex; flex-direction: column; gap: 10px;
}
.actions { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 14px; }
.actions form, .actions > .button { flex: 1 1 170px; display: flex; }
.actions form .button { flex: 1; }
`;
