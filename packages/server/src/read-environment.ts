import { refuseOption as fail } from "./invalid-option.js";

/** Which rules hold, and what says so. */
export interface Environment {
  readonly production: boolean;
  /** Follows what production refuses, where the options don't say `production` themselves; else empty. */
  readonly because: string;
}

/** What development and its tools set; not set at all counts too. */
const development: readonly string[] = ["", "development", "dev", "test", "local"];

/**
 * Whatever is not known to be development is production: a name that is not ours (`staging`), or is written otherwise
 * (`Production`), must not open what only a developer's machine may do.
 *
 * @throws BillingError `invalid_options`
 */
export function readEnvironment(option: string | undefined): Environment {
  if (option === "production" || option === "development") {
    return { production: option === "production", because: "" };
  }
  if (option !== undefined) fail("environment", 'must be "production" or "development"');
  // Edge runtimes may have no `process`.
  const name = (typeof process === "undefined" ? undefined : process.env.NODE_ENV) ?? "";
  if (development.includes(name.trim().toLowerCase())) return { production: false, because: "" };
  const because = ` (NODE_ENV is ${JSON.stringify(name.slice(0, 40))}, which counts as production; \`environment\` says otherwise)`;
  return { production: true, because };
}
