import type { Context } from "../world/context.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { touch } from "../world/touch.js";
import type { PaymentMethodConfiguration } from "../world/wire.js";
import type { World } from "../world/world.js";
import { type ConfigurableMethod, configurableMethods } from "./configurable-methods.js";

type Preference = "none" | "off" | "on";
type Row = NonNullable<PaymentMethodConfiguration["card"]>;
export type ConfigurationFields = { active?: boolean; name?: string; parent?: string } & {
  [Name in ConfigurableMethod]?: { display_preference?: { preference?: Preference } };
};

/** The kinds that a sandbox plays. Others can be set, and are not available: its accounts lack the capability. */
const played = new Set<string>(["card", "sepa_debit", "us_bank_account"]);

/** What a preference of `none` comes to: that of the parent, or the default setting. */
const inherited = (name: ConfigurableMethod, parent: PaymentMethodConfiguration | undefined): "off" | "on" =>
  parent ? effectiveIn(parent, name) : played.has(name) ? "on" : "off";

const effectiveIn = (configuration: PaymentMethodConfiguration, name: ConfigurableMethod): "off" | "on" =>
  configuration[name]?.display_preference.value === "on" ? "on" : "off";

const rowFor = (
  name: ConfigurableMethod,
  preference: Preference,
  parent: PaymentMethodConfiguration | undefined,
): Row => {
  const value = preference === "none" ? inherited(name, parent) : preference;
  return {
    available: value === "on" && played.has(name),
    display_preference: { overridable: parent ? true : null, preference, value },
  };
};

/** Writes what a request says of each kind; `rest` is for those that it says nothing about. */
const write = (
  world: World,
  configuration: PaymentMethodConfiguration,
  fields: ConfigurationFields,
  rest: (name: ConfigurableMethod) => Preference,
): void => {
  const parent = find(world.paymentMethodConfigurations, configuration.parent);
  for (const name of configurableMethods)
    configuration[name] = rowFor(name, fields[name]?.display_preference?.preference ?? rest(name), parent);
};

const preferenceIn =
  (configuration: PaymentMethodConfiguration) =>
  (name: ConfigurableMethod): Preference =>
    (configuration[name]?.display_preference.preference ?? "none") as Preference;

const blank = (id: string, name: string, parent: string | null): PaymentMethodConfiguration => ({
  id,
  object: "payment_method_configuration",
  active: true,
  application: null,
  is_default: false,
  livemode: false,
  name,
  parent,
});

/** The account's own configuration, which is used where a request names none. */
export const defaultConfiguration = (world: World): PaymentMethodConfiguration => {
  const id = `pmc_${world.account.id.replace("acct_", "")}`;
  const known = find(world.paymentMethodConfigurations, id);
  if (known) return known;
  const configuration = { ...blank(id, "Default", null), is_default: true };
  write(world, configuration, {}, (name) => (played.has(name) ? "on" : "off"));
  world.paymentMethodConfigurations[id] = configuration;
  return configuration;
};

/** A configuration by its id, or Stripe's refusal that blames the parameter. */
export const needConfiguration = (world: World, id: string, param = "id"): PaymentMethodConfiguration => {
  defaultConfiguration(world);
  return need(world.paymentMethodConfigurations, "payment_method_configuration", id, param);
};

/** Makes a configuration; a kind that is not named has its parent's or the default setting. */
export const createConfiguration = (
  world: World,
  ctx: Context,
  fields: ConfigurationFields,
): PaymentMethodConfiguration => {
  const parent = fields.parent === undefined ? null : needConfiguration(world, fields.parent, "parent").id;
  const configuration = blank(ctx.ids.id("pmc"), fields.name ?? "", parent);
  write(world, configuration, fields, () => "none");
  world.paymentMethodConfigurations[configuration.id] = configuration;
  return configuration;
};

/** Changes a configuration, and what its children have from it. */
export const updateConfiguration = (
  world: World,
  id: string,
  fields: Omit<ConfigurationFields, "parent">,
): PaymentMethodConfiguration => {
  const configuration = needConfiguration(world, id);
  if (fields.active === false && configuration.is_default)
    throw invalidRequest("You cannot deactivate the default configuration.", undefined, "active");
  if (fields.active !== undefined) configuration.active = fields.active;
  if (fields.name !== undefined) configuration.name = fields.name;
  write(world, configuration, fields, preferenceIn(configuration));
  for (const child of Object.values(world.paymentMethodConfigurations))
    if (child.parent === id) write(world, child, {}, preferenceIn(child));
  touch(world, id);
  return configuration;
};
