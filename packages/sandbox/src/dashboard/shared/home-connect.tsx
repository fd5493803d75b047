/** @jsxImportSource hono/jsx */
import type { Desk } from "../frame/desk.js";
import { Copy, Part } from "../frame/parts.js";

const masked = (secret: string): string =>
  secret.length > 12 ? `${secret.slice(0, 8)}••••••${secret.slice(-4)}` : "••••••••";

/** A secret that is shown only to those who ask. */
export const Secret = ({ secret, what }: { secret: string; what: string }) => (
  <div class="copyable">
    <details>
      <summary>
        <span class="unseen">Show {what}, </span>
        <code>{masked(secret)}</code>
      </summary>
      <code>{secret}</code>
    </details>
    <Copy text={secret} what={what} />
  </div>
);

const setup = (url: URL, key: string, account: string | null): string =>
  `const stripe = new Stripe("${key}", {
  host: "${url.hostname}",
  port: ${url.port || (url.protocol === "https:" ? 443 : 80)},
  protocol: "${url.protocol.replace(":", "")}",${account ? `\n  stripeAccount: "${account}",` : ""}
});`;

/** The keys, and how to point the SDK here. */
export const ConnectPart = ({ desk }: { desk: Desk }) => {
  const { room, platform } = desk;
  const url = new URL(room.mutate((_world, { baseUrl }) => baseUrl));
  const account = room === platform ? null : room.world.account.id;
  return (
    <Part title="Connect your app">
      <div class="panel">
        <dl class="stack">
          <div>
            <dt class="sub">Secret key</dt>
            <dd>
              <Secret secret={room.secretKey} what="the secret key" />
            </dd>
          </div>
          <div>
            <dt class="sub">Publishable key</dt>
            <dd class="copyable">
              <code>{room.publishableKey}</code>
              <Copy text={room.publishableKey} what="the publishable key" />
            </dd>
          </div>
          <div>
            <dt class="sub">API version</dt>
            <dd>
              <code>{room.apiVersion}</code>
            </dd>
          </div>
        </dl>
        <div class="stack">
          <p class="sub">The stripe SDK needs to know only where the sandbox is:</p>
          <pre class="code" id="setup" tabindex={0}>
            {setup(url, room.secretKey, account)}
          </pre>
          <div class="buttons">
            <Copy from="#setup" what="the setup" />
          </div>
        </div>
      </div>
    </Part>
  );
};
