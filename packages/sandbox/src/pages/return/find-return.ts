import type { PaymentIntent, SetupIntent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { successUrl } from "./success-url.js";

/** Where the browser goes after the bank's step: a hosted page of ours, else the intent's own `return_url`. */
export function findReturn(
  world: World,
  intent: PaymentIntent | SetupIntent,
  { back, returnUrl }: { back: string; returnUrl: string | undefined },
): string | undefined {
  const failure = intent.object === "payment_intent" ? intent.last_payment_error : intent.last_setup_error;
  const failed =
    intent.status === "requires_payment_method"
      ? (failure?.decline_code ?? failure?.code ?? "card_declined")
      : undefined;
  // In its frame an embedded page stays where it is; what it has to say it tells the page around it.
  if (/^\/embedded-checkout\/\w+$/.test(back)) return failed ? `${back}?failed=${failed}` : back;
  const checkout = /^\/c\/pay\/(\w+)$/.exec(back)?.[1];
  if (checkout !== undefined) {
    const session = Object.hasOwn(world.checkoutSessions, checkout)
      ? world.checkoutSessions[checkout]
      : undefined;
    if (session?.status === "complete") return successUrl(session);
    return failed ? `${back}?failed=${failed}` : back;
  }
  if (/^\/i\/acct_\w+\/test_\w+$/.test(back)) return failed ? `${back}?failed=${failed}` : back;
  // Only our own portal: an address from the query must not lead anywhere else.
  if (/^\/p\/session\/[\w/-]+$/.test(back)) return failed ? `${back}?failed=${failed}` : `${back}?saved=1`;
  return toReturnUrl(returnUrl, intent, failed !== undefined);
}

function toReturnUrl(
  address: string | undefined,
  intent: PaymentIntent | SetupIntent,
  failed: boolean,
): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  // Apps have schemes of their own; these ones would run in the page.
  if (/^(data|javascript|vbscript):$/.test(url.protocol)) return undefined;
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? "");
  url.searchParams.set("redirect_status", failed ? "failed" : "succeeded");
  return url.href;
}
