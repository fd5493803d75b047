/** What the demo prints once it runs: where to click, and which cards to use. */
export function demoGuide(appUrl, sandboxUrl) {
  const stripe = sandboxUrl
    ? `${sandboxUrl}  (stands in for Stripe, no account needed)`
    : "the real one, with your keys";
  const dashboard = sandboxUrl
    ? `\n    Behind   ${sandboxUrl}/dashboard  (what Stripe knows; move its clock a month to see a renewal)`
    : "";
  return `
  The demo is running.

    App      ${appUrl}
    Stripe   ${stripe}${dashboard}

  Try this
    1. Open ${appUrl}, pick a plan, and pay with a card from below.
    2. You land back in the app, and what was closed is open: its first HTML said so already.
    3. In the Next demo, Account → Change plan shows what a change costs, to the cent, before you confirm it. Cancel,
       pause, and take each back in the app's own pages; Manage billing leads to the provider's.
    4. There, switch to Grace at the top right: nothing of Ada's is hers.
    5. Messages fills a meter and says what would help once it is full. Assistant holds credits while a model works: ask in
       two tabs. Team shows what a seat costs before somebody is invited.
    6. Switch to Sam, who is staff: Support tells what happened to whom and why, Numbers draws it.

  Test cards (any later date, any CVC)
    4242 4242 4242 4242   pays
    4000 0025 0000 3155   asks for 3-D Secure
    4000 0027 6000 3184   asks for it every time, at a change of plan too
    4000 0000 0000 0002   is declined
    4000 0000 0000 9995   has insufficient funds
    4000 0000 0000 0341   is saved, then fails when charged

  Ctrl-C ends everything.

`;
}
