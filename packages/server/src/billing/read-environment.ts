import { refuseOption as fail } from "../context/refuse-option.js";

/** Which rules apply, and what says so. */
export interface Environment {
  /** Whether production's rules apply. A preview has them too, except for test keys. */
  readonly production: boolean;
  readonly takesTestKeys: boolean;
  /** A live key must not be used under rules that let events be forged: a variable that sets them may be left over. */
  readonly takesLiveKeys: boolean;
  /** Whether modules are loaded by a build, which serves nobody and has no secrets. */
  readonly building: boolean;
  /** Follows a refusal: which rules apply, what set them, and how to get others. */
  readonly because: string;
}

type Rules = "production" | "preview" | "development";

const rules: readonly string[] = ["production", "preview", "development"] satisfies Rules[];
const choice = 'must be "production", "preview" or "development"';
/** What development and its tools set; not set at all also counts. */
const development: readonly string[] = ["", "development", "dev", "test", "local"];

const wayOut =
  "For previews, staging and CI, which take test keys, set TOLLGATE_ENVIRONMENT=preview; on your own machine, also for " +
  "`next start`, and with the sandbox TOLLGATE_ENVIRONMENT=development; or `environment` of createBilling";

/**
 * Whatever is not known to be development is production: a name that is not ours (`staging`), or is spelled differently
 * (`Production`), must not allow what only a developer's machine may do. A host that says that this is a preview only
 * allows test keys, so that nobody forges events there either.
 *
 * @throws BillingError `invalid_options`
 */
export function readEnvironment(option: string | undefined): Environment {
  const building = variable("NEXT_PHASE") === "phase-production-build";
  if (option !== undefined) {
    if (!isRules(option)) fail("environment", choice);
    return { ...followed(option), building, because: because("`environment`", option) };
  }
  const set = variable("TOLLGATE_ENVIRONMENT").trim();
  if (set !== "") {
    if (!isRules(set)) fail("environment", `${choice}, and TOLLGATE_ENVIRONMENT is ${quote(set)}`);
    const takesLiveKeys = set !== "development";
    return { ...followed(set), takesLiveKeys, building, because: because("TOLLGATE_ENVIRONMENT", set) };
  }
  const name = variable("NODE_ENV");
  if (development.includes(name.trim().toLowerCase())) {
    return { ...followed("development"), building, because: because("NODE_ENV", name) };
  }
  // https://vercel.com/docs/environment-variables/system-environment-variables: also for custom environments.
  const preview = variable("VERCEL_ENV") === "preview";
  if (preview) return { ...followed("preview"), building, because: because("VERCEL_ENV", "preview") };
  return { ...followed("production"), building, because: because("NODE_ENV", name) };
}

function followed(name: Rules): Omit<Environment, "building" | "because"> {
  return { production: name !== "development", takesTestKeys: name !== "production", takesLiveKeys: true };
}

function because(by: string, name: string): string {
  return ` (${by} is ${quote(name)}). ${wayOut}`;
}

function isRules(name: string): name is Rules {
  return rules.includes(name);
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}

/** Edge runtimes may have no `process`. */
function variable(name: string): string {
  return (typeof process === "undefined" ? undefined : process.env[name]) ?? "";
}
