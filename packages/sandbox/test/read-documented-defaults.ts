import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const resources = join(dirname(fileURLToPath(import.meta.resolve("stripe"))), "resources");

/** "Defaults to `auto`", "the default value is `unchanged`", "By default this value is 99". */
const sentence =
  /(?:[Dd]efaults? (?:to|value is)|default is|By default(?:,)? this value is)(?: a value of)? (?:`([^`]+)`|(\d+|24 hours))/;

/**
 * Every default of a parameter that the SDK's declarations give: `subscription_data.proration_behavior` →
 * `create_prorations`. Those that differ by payment method are left out.
 *
 * @param file `Checkout/Sessions`
 * @param name `SessionCreateParams`
 */
export function readDocumentedDefaults(file: string, name: string): Map<string, string> {
  const lines = readFileSync(join(resources, `${file}.d.ts`), "utf8").split("\n");
  const found = new Map<string, string>();
  let path: string[] = [];
  let inside: number | undefined;
  let comment = "";
  for (const line of lines) {
    const indent = line.search(/\S/);
    const block = /^\s*(?:export )?(?:declare )?(interface|namespace) (\w+)/.exec(line);
    if (block?.[2] === name) inside = indent;
    else if (inside !== undefined && indent === inside && /^\s*\}/.test(line)) inside = undefined;
    if (inside === undefined) continue;
    if (block) path = [...path.slice(0, (indent - inside) / 4), block[2] ?? ""];
    if (/^\s*\/\*\*/.test(line)) comment = "";
    comment += line;
    const parameter = /^\s*([a-z_]+)\?:/.exec(line);
    if (!parameter) continue;
    const told = sentence.exec(comment.replace(/\s*\*\s*/g, " "));
    comment = "";
    if (!told || path.includes("PaymentMethodOptions")) continue;
    found.set([...path.slice(1), parameter[1]].join("."), told[1] ?? told[2] ?? "");
  }
  return found;
}
