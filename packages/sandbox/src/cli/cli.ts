#!/usr/bin/env node
import { isLoopback } from "../doors/create-hosts.js";
import { type StartOptions, startSandbox } from "../node/start-sandbox.js";
import { playCommand } from "./play-command.js";
import { readConfig } from "./read-config.js";
import { readFlags } from "./read-flags.js";

const help = `tollgate-sandbox: a local Stripe for the real stripe SDK

  --port <number>            where to listen (default 12111; 0 for a free one)
  --host <name>              the interface to listen on (default 127.0.0.1)
  --allow-host <name>        another name at which it, or a page with Stripe.js, is reached, such as a service's
                             in Docker; a leading dot stands for all below; may be given several times
                             (always allowed: localhost, loopback addresses, --host)
  --forward-to <url>         sends every event there, signed; may be given several times
  --events <type,…>          sends only these types, such as invoice.paid,customer.subscription.updated
  --connect                  forwards the events of connected accounts too
  --webhook-secret <whsec_…> signs what is forwarded (default whsec_tollgate)
  --retries <quick|live>     how refused events are tried again: within the hour, or for three days (default quick)
  --chaos <name=value,…>     makes deliveries go wrong, repeatably, at these rates from 0 to 1: duplicates,
                             reorder, delay, drop, burst, truncate, wrong-signature; also seed, reorder-window,
                             delay-ms, burst-size, hold-ms
  --secret-key <sk_test_…>   (default sk_test_tollgate)
  --publishable-key <pk_…>   (default pk_test_tollgate)
  --rate-limit <number>      answers 429 to more requests than that in a second (default: no limit)
  --api-version <version>    the account's version of Stripe's API, such as 2025-03-31.basil: that of requests and
                             endpoints that name none (default: the present one)
  --seed <text>              the same seed and the same calls give the same ids
  --clock <time>             the sandbox's time when it begins, such as 2027-01-31T12:00:00Z (default: now)
  --data <folder>            keeps everything there from one start to the next (default: nothing is kept)
  --config <file>            options and seed data as JSON; flags come first
                             (default tollgate-sandbox.config.json, if it is there)
  --help

tollgate-sandbox play [scenario]
                             plays a renewal, dunning, a dispute and so on in a sandbox that runs; alone it lists
                             what there is
`;

const defaultConfig = "tollgate-sandbox.config.json";

const configured = async (file: string | undefined): Promise<StartOptions> => {
  const config = await readConfig(file ?? defaultConfig);
  if (config) return { ...config, seedSource: file ?? defaultConfig };
  if (file !== undefined) throw new Error(`There is no file ${file}.`);
  return {};
};

/** A system's error in words that say what to do. */
const explain = (error: unknown, { port, host }: StartOptions): string => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} on ${host} is in use: choose another with --port, or 0 for a free one.`;
  return error instanceof Error ? error.message : String(error);
};

const announce = (sandbox: Awaited<ReturnType<typeof startSandbox>>, options: StartOptions): void => {
  console.log(`Sandbox listening on ${sandbox.url}`);
  console.log(`  STRIPE_API_BASE=${sandbox.url}`);
  console.log(`  STRIPE_SECRET_KEY=${sandbox.secretKey}`);
  console.log(`  STRIPE_PUBLISHABLE_KEY=${sandbox.publishableKey}`);
  console.log(`  STRIPE_WEBHOOK_SECRET=${sandbox.webhookSecret}`);
  console.log(`Dashboard: ${sandbox.url}/dashboard`);
  for (const { url } of options.webhooks ?? []) console.log(`Forwarding events to ${url}`);
  if (options.chaos) console.log("Deliveries go wrong on purpose (--chaos)");
  if (options.data) console.log(`Keeping everything in ${options.data}`);
  const { host = "127.0.0.1" } = options;
  if (!isLoopback(host.includes(":") ? `[${host}]` : host))
    console.log(`Whoever reaches ${host} can do everything here; the dashboard asks for no key`);
  if (options.startAt) console.log(`The sandbox's clock says ${sandbox.now().toISOString()}`);
};

const run = async (options: StartOptions): Promise<void> => {
  const sandbox = await startSandbox({ onProblem: (line) => console.log(line), ...options });
  announce(sandbox, options);
  const stop = (): void => {
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(explain(error, options));
        process.exit(1);
      },
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

const fail = (error: unknown, options: StartOptions = {}): void => {
  console.error(explain(error, options));
  process.exitCode = 1;
};

const main = async (): Promise<void> => {
  const [command, ...args] = process.argv.slice(2);
  if (command === "play") {
    process.stdout.write(await playCommand(args));
    return;
  }
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    process.stdout.write(help);
    return;
  }
  const options = { port: 12111, host: "127.0.0.1", ...(await configured(flags.config)), ...flags.options };
  await run(options).catch((error: unknown) => fail(error, options));
};

main().catch(fail);
