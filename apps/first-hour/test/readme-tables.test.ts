import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { describeTypes, type PublicTypes } from "../src/describe-types.js";
import { openSources, root } from "../src/open-sources.js";
import { type MarkedTable, readTables } from "../src/read-tables.js";

const pages = ["packages/core", "packages/server", "packages/react"];
const tables = pages.flatMap((page) => readTables(readFileSync(`${root}${page}/README.md`, "utf8")));
const tableOf = (about: string) => tables.find((table) => table.about === about);
const parts = [
  "@tollgate/react",
  "@tollgate/react/payment",
  "@tollgate/react/checkout",
  "@tollgate/react/credits",
];
let types: PublicTypes;

beforeAll(() => {
  types = describeTypes(openSources());
}, 120_000);

describe.each(tables.map((table) => [table.about, table] as const))("the table of %s", (about, table) => {
  it("has a row for everything, and for nothing else", () => {
    const [kind = "", ...subject] = about.split(" ");
    const check = checks[kind];
    if (check === undefined) throw new Error(`Nobody knows how to check "${about}".`);
    check(table, subject);
  });
});

describe("what has a table", () => {
  it("is each component's props", () => {
    const components = parts.flatMap((door) =>
      types.names(door).flatMap((name) => (types.names(door).includes(`${name}Props`) ? [[door, name]] : [])),
    );
    expect(components.length).toBeGreaterThan(5);
    expect(components.filter(([door, name]) => !tableOf(`props ${door} ${name}Props`))).toEqual([]);
  });

  it.each([
    "props @tollgate/core SwitchFeature LimitFeature MeteredFeature",
    "props @tollgate/core PlanDefinition",
    "props @tollgate/core PerSeatPrice",
    "props @tollgate/core ProductDefinition",
    "members @tollgate/core Access",
    "props @tollgate/core AccessState",
    "props @tollgate/server BillingOptions",
    "props @tollgate/server/stripe StripeOptions",
    "props @tollgate/server/postgres PostgresOptions",
    "members @tollgate/server Billing",
    "props @tollgate/core CallbackData",
    "fields @tollgate/core CallbackData",
    "props @tollgate/react/payment PaymentSummary",
    "hooks",
    "classes",
  ])("is %s", (about) => {
    expect(tableOf(about)?.rows.length).toBeGreaterThan(0);
  });
});

const checks: Readonly<Record<string, (table: MarkedTable, subject: readonly string[]) => void>> = {
  /** The names of one type, or of several that are alike, whatever follows a name. */
  props({ rows }, [door = "", ...names]) {
    const named = rows.flatMap(([first = []]) => first.map((code) => /^[\w.]+/.exec(code)?.[0]));
    sameNames(named, new Set(names.flatMap((name) => types.properties(door, name))));
  },
  /** Methods with what they take. */
  members({ rows }, [door = "", name = ""]) {
    sameNames(
      rows.flatMap(([first = []]) => first),
      types.members(door, name),
    );
  },
  /** What each name of a type holds. */
  fields({ rows }, [door = "", name = ""]) {
    const told = rows.flatMap(([of = [], fields = []]) => of.map((one) => [one, [...fields].sort()]));
    const held = Object.entries(types.membersOfEach(door, name));
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(held.map(([one, fields]) => [one, [...fields].sort()])),
    );
  },
  /** Every hook, what `status` may be, and what comes with it. */
  hooks({ rows }) {
    const hooks = parts.flatMap((door) =>
      types.names(door).flatMap((name) => (/^use[A-Z]/.test(name) ? [[door, name] as const] : [])),
    );
    const hookOf = (row: MarkedTable["rows"][number]) => row[0]?.[0]?.replace(/\(.*/, "");
    sameNames(
      rows.map(hookOf),
      hooks.map(([, name]) => name),
    );
    for (const [door, name] of hooks) {
      const { statuses, members } = types.result(door, name);
      const [, told = [], beside = []] = rows.find((row) => hookOf(row) === name) ?? [];
      sameNames(told, statuses, name);
      sameNames(
        beside,
        members.filter((member) => member !== "status"),
        name,
      );
    }
  },
  /** The pieces of each component that take a class of the app's. */
  classes({ rows }) {
    const pieces = parts.flatMap((door) =>
      types.names(door).flatMap((name) => {
        if (!/^[A-Z]\w*Props$/.test(name) || name.startsWith("Kit")) return [];
        const { classNames } = types.membersOfEach(door, name);
        return classNames ? [[name.replace("Props", ""), classNames] as const] : [];
      }),
    );
    expect(
      Object.fromEntries(rows.flatMap(([of = [], names = []]) => of.map((part) => [part, names]))),
    ).toEqual(Object.fromEntries(pieces));
  },
};

function sameNames(told: Iterable<string | undefined>, known: Iterable<string>, of?: string): void {
  expect([...told].map(inOrder).sort(), of).toEqual([...known].map(inOrder).sort());
}

/** A table may name what a method takes in the order that reads best. */
function inOrder(code = ""): string {
  return code.replace(/\{ (.*?) \}/g, (_, names: string) => `{ ${names.split(", ").sort().join(", ")} }`);
}
