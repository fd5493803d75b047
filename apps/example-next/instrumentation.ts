/** Runs once when the server starts: makes sure that Stripe has the products and prices of `billing/plans.ts`. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { billing } = await import("./billing/server");
  for (const change of await billing.pushPlans()) {
    if (change.action !== "unchanged") console.log(`plans: ${change.action} ${change.kind} ${change.detail}`);
  }
}
