import { access } from "./access/measure-access.js";
import { createTemplate } from "./events/event-template.js";
import { figures } from "./figures/measure-figures.js";
import { imports } from "./imports/measure-imports.js";
import { startPostgres } from "./postgres/start-postgres.js";
import { describeMachine } from "./run/machine.js";
import { type BenchContext, type Part, tell } from "./run/part.js";
import { installPeers } from "./run/peers.js";
import { writeReport } from "./run/write-readme.js";
import { sandboxYear } from "./sandbox-year/measure-sandbox-year.js";
import { sizesPart } from "./sizes/measure-sizes.js";
import { usage } from "./usage/measure-usage.js";
import { webhooks } from "./webhooks/measure-webhooks.js";

// `pnpm bench` measures everything and writes it into the README; `pnpm bench access imports` only these.

const parts: readonly Part[] = [webhooks, access, usage, figures, sizesPart, imports, sandboxYear];

const asked = process.argv.slice(2);
const unknown = asked.find((name) => parts.every((part) => part.name !== name));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". There are: ${parts.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}
const hasPeers = await installPeers();
const server = await startPostgres();
try {
  const template = await createTemplate();
  const context = { serverUrl: server.url, databaseTime: server.processorTime, template, hasPeers };
  for (const part of parts) {
    if (asked.length === 0 || asked.includes(part.name)) await run(part, context);
  }
} finally {
  await server.stop();
}

async function run(part: Part, context: BenchContext): Promise<void> {
  tell(`measures ${part.name}`);
  const started = Date.now();
  const measured = await part.measure(context);
  const missing = hasPeers ? [] : ["The peers are left out: npm could not install them."];
  const report = [measured, ...missing, await describeMachine(server.url)].join("\n\n");
  await writeReport(part.name, report);
  console.log(`## ${part.title}\n\n${report}\n`);
  tell(`${part.name} took ${Math.round((Date.now() - started) / 1000)} s`);
}
