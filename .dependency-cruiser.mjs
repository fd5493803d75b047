import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The arrows of the house: who may import whom, and no others.
const rooms = (name) => `^packages/${name}/src/`;
const own = (name, folder) => `^packages/${name}/src/${folder}`;

/** `from` may import, within its package, only what is listed, itself included. */
const only = (name, from, pathNot) => ({
  name,
  severity: "error",
  from: { path: from.path, pathNot: ["\\.test\\.", "\\.stories\\.", ...(from.pathNot ?? [])] },
  to: { path: from.within, pathNot },
});

/** core's folders, and which of those above it each may import: decisions rest on the language, not on each other. */
const core = {
  language: [],
  redaction: [],
  catalog: ["language"],
  usage: ["language"],
  portal: ["language", "catalog"],
  seats: ["language", "catalog"],
  change: ["language", "catalog", "seats"],
  credits: ["language", "catalog", "usage", "change"],
  offer: ["language", "catalog", "portal", "change"],
  access: ["language", "catalog", "usage", "portal", "change", "offer", "seats"],
  checkout: ["language", "catalog", "offer", "seats"],
  promotions: ["language", "checkout"],
  ending: ["language"],
  customers: ["language"],
  invoices: ["language"],
  "payment-methods": ["language"],
  charges: ["language"],
  history: ["language", "catalog"],
  impact: ["language", "catalog", "access"],
  "price-migrations": ["language", "catalog", "usage", "access", "impact"],
  "second-subscriptions": ["language"],
  dunning: ["language", "access"],
  events: ["language", "usage", "dunning"],
  refunds: ["language"],
  disputes: ["language", "refunds"],
  "ports/store": ["language", "catalog"],
  ports: [
    "language",
    "catalog",
    "portal",
    "checkout",
    "change",
    "promotions",
    "ending",
    "payment-methods",
    "ports/store",
  ],
  metrics: ["language", "history", "ports/store"],
  records: ["language", "ports/store"],
  reconcile: ["language", "events", "ports", "ports/store"],
  contract: ["language", "catalog", "offer", "access", "change"],
  "testing/building": ["language", "catalog", "ports", "ports/store"],
  "testing/provider-conformance": [
    ...["language", "catalog", "checkout", "promotions", "change", "ending", "events", "refunds", "ports"],
    "testing/building",
  ],
  "testing/store-conformance": ["language", "catalog", "ports", "ports/store", "testing/building"],
  testing: ["testing/building", "testing/provider-conformance", "testing/store-conformance"],
};

/** The server's rooms, from the ground up; providers and stores stand apart, so that no room imports them. */
const server = [
  ...[
    "log",
    "telemetry",
    "opentelemetry",
    "edge",
    "content-security",
    "mails",
    "context",
    "limits",
    "http",
    "idempotency",
    "work",
  ],
  ...[
    "catalog",
    "access",
    "health",
    "sync",
    "customers",
    "inbox",
    "outbox",
    "usage",
    "members",
    "credits",
    "endings",
    "checkouts",
    "promotions",
    "portal",
    "changes",
    "refunds",
    "invoices",
    "deletions",
    "moves",
    "payment-methods",
    "disputes",
    "charges",
    "credit",
    "history",
    "metrics",
    "seats",
  ],
  ...[
    "dunning",
    "second-subscriptions",
    "reconcile",
    "price-migrations",
    "jobs",
    "webhook",
    "routes",
    "billing",
    "adapters",
  ],
  ...["providers", "stores", "testing"],
];

/** A store, from the database up: each needs what comes before it. */
const stores = [
  ...["driver", "jobs", "outbox", "schema/migrations", "schema", "records", "inbox", "reconciling"],
  ...["changes", "commands", "store", "memory"],
  ...["postgres", "pglite", "drizzle", "kysely", "prisma", "driver-conformance"],
];

/** A provider, from what its values mean in our words up. */
const stripe = [
  ...[
    "language",
    "connect",
    "client",
    "terms",
    "subscriptions",
    "refunds",
    "disputes",
    "endings",
    "customers",
    "catalog",
    "checkouts",
    "changes",
    "payment-methods",
    "invoices",
    "credit",
    "charges",
    "usage",
    "portal",
    "events",
  ],
];

/** The folders in react's list of components. */
const listed = readFileSync(new URL("packages/react/src/kit/components.ts", import.meta.url), "utf8");
const components = [...listed.matchAll(/^export \* from "\.\.\/(.+)\/index\.js";$/gm)].map(
  ([, folder]) => folder,
);

/** react's folders, from what asks the server up to the kit: a component knows hooks, and hooks the session. */
const react = [
  ...["styles", "testing", "client", "format", "focus", "session", "button", "price-tag", "access", "plans"],
  ...["credits", "checkout", "portal", ...components, "payment-form", "checkout-form", "kit", "stories"],
];

/** The sandbox's rooms, from the ground up. */
const sandbox = [
  ...["engine", "versions", "webhooks", "scenarios", "requests", "rooms", "doors", "api", "browser"],
  ...["pages", "dashboard", "site", "sandbox", "node", "cli"],
];

/** The wings of the sandbox's engine. */
const engine = [
  ...[
    "world",
    "money",
    "accounts",
    "catalog",
    "tax",
    "customers",
    "discounts",
    "methods",
    "files",
    "payments",
  ],
  "endpoints",
  ...["usage", "credits", "invoices/totals", "invoices/lines", "invoices/items", "invoices/making"],
  "invoices/paying",
  ...["subscriptions/terms", "subscriptions/lines", "subscriptions/changing", "invoices/credit-notes"],
  ...["collection", "subscriptions/stopping", "subscriptions/opening", "changes", "subscriptions/renewing"],
  ...["preview", "quotes", "checkout/terms", "checkout/opening", "payment-links", "checkout/completing"],
  ...["paying", "portal", "clocks"],
];

/** What the API reads and answers with, then a folder for each wing, and what serves them all. */
const api = [
  ...["shapes", "generated", "params", "answers", "search", "account", "catalog", "tax", "discounts"],
  ...[
    "methods",
    "customers",
    "files",
    "payments",
    "endpoints",
    "usage",
    "credits",
    "invoices",
    "subscriptions",
  ],
  ...["quotes", "checkout", "portal", "sandbox", "http"],
];

const pages = [
  ...["messages", "format", "words", "kit", "cards", "payer", "totals", "subscriptions", "return"],
  ...["checkout", "authentication", "accounts", "invoices", "receipts", "files", "quotes", "portal"],
];

const dashboard = [
  ...["frame", "kinds", "shared", "requests", "objects", "events", "webhooks", "clock", "scenarios", "home"],
  ...["door"],
];

const browser = [
  ...["messages", "dom", "look", "words", "net", "cards", "element", "methods", "wallets", "contact"],
  ...["elements", "checkout", "stripe"],
];

/**
 * Each folder in `order` may import itself and those before it, or of those the ones that `allowed` names, so that none
 * is in a cycle; a folder that `order` lacks is refused. `index.ts` is the door of its folder.
 */
const storeys = (base, order, { whole = false, exempt = [], allowed, doors = ["index.ts"] } = {}) => {
  const name = base.split("/").at(-1) === "src" ? base.split("/").at(-2) : base.split("/").at(-1);
  const files = (folder) => `^${base}/${folder}/${whole ? "" : "[^/]+$"}`;
  const placed = [...order.map(files), ...doors.map((door) => `^${base}/${door.replace(".", "\\.")}$`)];
  const without = {
    name: `${name}-without-rule`,
    comment: "Give the folder a place in the order, which says what it may import.",
    severity: "error",
  };
  return [
    ...order.map((folder, index) => {
      const below = order.slice(0, index);
      const stray = (allowed?.[folder] ?? []).find((one) => !below.includes(one));
      if (stray !== undefined) throw new Error(`${base}/${folder}: ${stray} comes after it in the order.`);
      return only(
        `${name}-${folder}`,
        { path: files(folder), within: `^${base}/`, pathNot: exempt },
        [folder, ...(allowed?.[folder] ?? below)].map(files),
      );
    }),
    { ...without, from: {}, to: { path: `^${base}/`, pathNot: placed } },
    { ...without, from: { path: `^${base}/`, pathNot: placed }, to: {} },
  ];
};

/** The one file of the world that names what higher wings keep in it, and only as types. */
const hidden = "/engine/world/hidden\\.ts$";

export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    ...[
      ["core", "(server|react|sandbox)"],
      ["server", "(react|sandbox)"],
      ["react", "(server|sandbox)"],
      ["sandbox", "(core|server|react)"],
    ].map(([from, to]) => ({
      name: `${from}-knows-its-neighbours`,
      severity: "error",
      from: { path: rooms(from), pathNot: ["\\.test\\.", "\\.stories\\.", "/test/"] },
      to: { path: [`^packages/${to}/`, `node_modules/@tollgate/${to}`] },
    })),
    {
      name: "public-doors-only",
      comment: "Another package is entered through its exports.",
      severity: "error",
      from: { path: "^((?:packages|apps)/[^/]+)/" },
      to: {
        path: "^packages/",
        pathNot: "^$1/",
        dependencyTypesNot: ["aliased", "aliased-tsconfig", "npm", "npm-dev", "npm-peer", "npm-optional"],
      },
    },
    { name: "no-apps-below", severity: "error", from: { path: "^packages/" }, to: { path: "^apps/" } },

    // core: every folder has a place, and imports what its row names.
    ...storeys("packages/core/src", Object.keys(core), { allowed: core }),

    // server: providers and stores know the ports and nothing of the rest; the web's rooms go one way.
    only("provider-alone", { path: own("server", "providers/"), within: rooms("server") }, [
      own("server", "providers/"),
    ]),
    only("store-alone", { path: own("server", "stores/"), within: rooms("server") }, [
      own("server", "stores/"),
    ]),
    ...storeys("packages/server/src", server, { whole: true }),
    ...storeys("packages/server/src/stores", stores),
    ...storeys("packages/server/src/providers/stripe", stripe),
    // The edge has no Node and no time to load what it does not use.
    {
      name: "edge-knows-core-and-jose",
      severity: "error",
      from: { path: own("server", "edge/"), pathNot: ["\\.test\\."] },
      to: {
        path: ".",
        pathNot: [own("server", "edge/"), rooms("core"), "node_modules/(@tollgate/core|jose)/"],
      },
    },
    {
      name: "adapters-on-top",
      severity: "error",
      from: { path: rooms("server"), pathNot: ["/adapters/", "\\.test\\."] },
      to: { path: own("server", "adapters/") },
    },

    // react: every folder has a place. Beside the door stand the styles, and what the build puts in React's place.
    ...storeys("packages/react/src", react, {
      whole: true,
      exempt: ["-scene\\.tsx$"],
      doors: ["index.ts", "react.ts", "styles.css"],
    }),
    // react: Stripe's packages load with the forms that pay only; the client knows no React.
    {
      name: "stripe-js-in-payment-only",
      severity: "error",
      from: { path: rooms("react"), pathNot: ["/(payment|checkout)-form/", "\\.stories\\.", "\\.test\\."] },
      to: { path: "node_modules/@stripe/" },
    },
    {
      name: "payment-form-apart",
      severity: "error",
      from: { path: rooms("react"), pathNot: ["/(payment|checkout)-form/", "\\.test\\."] },
      // Its words have a type that the provider must know.
      to: { path: own("react", "payment-form/"), pathNot: "/payment-form-messages\\.ts$" },
    },
    {
      name: "client-without-react",
      severity: "error",
      from: { path: own("react", "client/") },
      to: { path: "node_modules/react" },
    },
    {
      name: "browser-without-zod",
      severity: "error",
      from: { path: rooms("react"), pathNot: ["/testing/", "\\.test\\.", "\\.stories\\."] },
      to: { path: own("core", "contract/"), dependencyTypesNot: ["type-only"] },
    },

    // sandbox: every folder has a place, and imports what lies below it.
    ...storeys("packages/sandbox/src", sandbox, { whole: true }),
    ...storeys("packages/sandbox/src/engine", engine, { exempt: [hidden] }),
    ...storeys("packages/sandbox/src/api", api),
    ...storeys("packages/sandbox/src/pages", pages),
    ...storeys("packages/sandbox/src/dashboard", dashboard),
    ...storeys("packages/sandbox/src/browser", browser),
    {
      name: "hidden-names-types",
      severity: "error",
      from: { path: hidden },
      to: {
        path: own("sandbox", "engine/"),
        pathNot: own("sandbox", "engine/world/"),
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "engine-is-pure",
      severity: "error",
      from: { path: own("sandbox", "engine/"), pathNot: ["\\.test\\."] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "stand-in-alone",
      severity: "error",
      from: { path: own("sandbox", "browser/"), pathNot: ["\\.test\\."] },
      // What the API answers may be named as a type; nothing of it gets into the script.
      to: {
        path: rooms("sandbox"),
        pathNot: [own("sandbox", "browser/")],
        dependencyTypesNot: ["type-only"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|test/prisma/generated|\\.next|storybook-static|next-env\\.d\\.ts)" },
    tsConfig: { fileName: fileURLToPath(new URL(".config/tsconfig.packages.json", import.meta.url)) },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
