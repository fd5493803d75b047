import { parseArgs } from "node:util";
import { type ScenarioName, scenarioNames, scenarios } from "../scenarios/scenarios.js";

const widest = Math.max(...scenarioNames.map((name) => name.length));

/** Every scenario with what it tells, a line each. */
const listScenarios = (): string =>
  scenarioNames.map((name) => `  ${name.padEnd(widest)}  ${scenarios[name].tells}`).join("\n");

const playHelp = `tollgate-sandbox play <scenario>: plays it in a sandbox that runs

${listScenarios()}

  --customer <cus_…>         whom it is about (default: a new customer with a card that pays)
  --subscription <sub_…>     of a customer who has several
  --price <price_…>          what a new subscription is to, or what a plan switch switches to
  --account <acct_…>         a connected account
  --url <address>            where the sandbox runs (default: STRIPE_API_BASE, else http://127.0.0.1:12111)
  --port <number>            the same, by its port
  --secret-key <sk_test_…>   its key (default: STRIPE_SECRET_KEY, else sk_test_tollgate)
  --json                     prints the whole answer as JSON
`;

const options = {
  customer: { type: "string" },
  subscription: { type: "string" },
  price: { type: "string" },
  account: { type: "string" },
  url: { type: "string" },
  port: { type: "string" },
  "secret-key": { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

type Event = { id: string; type: string; created: number; data: { object: { id?: string } } };
type Answer = {
  error?: { message: string };
  events: Event[];
  steps: string[];
  status: string | null;
  now: number;
  [id: string]: unknown;
};

type Environment = Record<string, string | undefined>;

const send = async (url: string, init: RequestInit): Promise<Answer> => {
  try {
    return (await (await fetch(url, init)).json()) as Answer;
  } catch (cause) {
    const { origin } = new URL(url);
    throw new Error(
      `No sandbox answers at ${origin}: start one with \`npx @tollgate/sandbox\`, or say with --url where it runs.`,
      { cause },
    );
  }
};

const timeOf = (second: number): string =>
  new Date(second * 1000).toISOString().slice(0, 19).replace("T", " ");

const ids = ["customer", "subscription", "price", "invoice", "payment_intent", "charge", "refund", "dispute"];

const describe = (name: string, answer: Answer): string => {
  const width = Math.max(...answer.events.map(({ type }) => type.length));
  return [
    `${scenarios[name as ScenarioName].title}`,
    ...answer.steps.map((step) => `  ${step}`),
    "",
    ...answer.events.map(({ created, type, data }) =>
      `  ${timeOf(created)}  ${type.padEnd(width)}  ${data.object.id ?? ""}`.trimEnd(),
    ),
    "",
    ...ids.flatMap((id) => (typeof answer[id] === "string" ? [`  ${id.padEnd(14)}  ${answer[id]}`] : [])),
    ...(answer.status === null ? [] : [`  ${"status".padEnd(14)}  ${answer.status}`]),
    `  ${"now".padEnd(14)}  ${timeOf(answer.now)} UTC`,
    "",
  ].join("\n");
};

/**
 * `play`: asks a running sandbox to play a scenario; without a name it lists them.
 *
 * @returns what to print
 * @throws Error that says what to do
 */
export const playCommand = async (args: string[], env: Environment = process.env): Promise<string> => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [name, ...more] = positionals;
  if (values.help || name === undefined) return playHelp;
  if (more.length > 0) throw new Error(`play takes one scenario, not ${positionals.join(" ")}`);
  if (!Object.hasOwn(scenarios, name))
    throw new Error(`There is no scenario ${name}. These are:\n${listScenarios()}`);
  const { account, customer, subscription, price } = values;
  const here = values.port === undefined ? env.STRIPE_API_BASE : `http://127.0.0.1:${values.port}`;
  const base = (values.url ?? here ?? "http://127.0.0.1:12111").replace(/\/+$/, "");
  const given = Object.entries({ customer, subscription, price }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const answer = await send(`${base}/v1/sandbox/scenarios/${name}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${values["secret-key"] ?? env.STRIPE_SECRET_KEY ?? "sk_test_tollgate"}`,
      ...(account === undefined ? {} : { "stripe-account": account }),
    },
    body: new URLSearchParams(given),
  });
  if (answer.error) throw new Error(answer.error.message);
  return values.json ? `${JSON.stringify(answer, null, 2)}\n` : describe(name, answer);
};
