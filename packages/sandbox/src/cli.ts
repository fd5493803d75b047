#!/usr/bin/env node
import { parseArgs } from "node:util";
import { startSandbox } from "./start-sandbox.js";

const help = `tollgate-sandbox: a local Stripe for the real stripe SDK

  --port <number>            where to listen (default 12111; 0 for a free one)
  --host <name>              the interface to listen on (default 127.0.0.1)
  --forward-to <url>         sends every event there, signed; may be given several times
  --webhook-secret <whsec_…> signs what is forwarded (default whsec_tollgate)
  --secret-key <sk_test_…>   (default sk_test_tollgate)
  --publishable-key <pk_…>   (default pk_test_tollgate)
  --seed <text>              the same seed and the same calls give the same ids
  --help
`;

const readFlags = () =>
  parseArgs({
    options: {
      port: { type: "string", default: "12111" },
      host: { type: "string", default: "127.0.0.1" },
      "forward-to": { type: "string", multiple: true, default: [] },
      "webhook-secret": { type: "string" },
      "secret-key": { type: "string" },
      "publishable-key": { type: "string" },
      seed: { type: "string" },
      help: { type: "boolean", default: false },
    },
  }).values;

const readPort = (given: string): number => {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535)
    throw new Error(`--port must be a number up to 65535, not ${given}`);
  return port;
};

const run = async (): Promise<void> => {
  const flags = readFlags();
  if (flags.help) {
    process.stdout.write(help);
    return;
  }
  const sandbox = await startSandbox({
    port: readPort(flags.port),
    host: flags.host,
    webhooks: flags["forward-to"].map((url) => ({ url })),
    ...(flags["webhook-secret"] ? { webhookSecret: flags["webhook-secret"] } : {}),
    ...(flags["secret-key"] ? { secretKey: flags["secret-key"] } : {}),
    ...(flags["publishable-key"] ? { publishableKey: flags["publishable-key"] } : {}),
    ...(flags.seed ? { seed: flags.seed } : {}),
  });
  console.log(`Sandbox listening on ${sandbox.url}`);
  console.log(`  STRIPE_API_BASE=${sandbox.url}`);
  console.log(`  STRIPE_SECRET_KEY=${sandbox.secretKey}`);
  console.log(`  STRIPE_PUBLISHABLE_KEY=${sandbox.publishableKey}`);
  console.log(`  STRIPE_WEBHOOK_SECRET=${sandbox.webhookSecret}`);
  for (const url of flags["forward-to"]) console.log(`Forwarding events to ${url}`);
  const stop = (): void => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
