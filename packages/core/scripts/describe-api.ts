import {
  errorDetails,
  errorResponse,
  type Route,
  type RouteKey,
  refusalsOf,
  routeKeys,
  routes,
  splitKey,
} from "../src/contract/index.js";
import { type ErrorCode, errorStatus } from "../src/language/error-status.js";
import { type NamedSchemas, toSchema, toSchemas } from "./to-schemas.js";

/** The JSON values that are written here. */
type Json = Readonly<Record<string, unknown>>;

const json = "application/json";

/**
 * The table of routes as an OpenAPI 3.1 document.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function describeApi(version: string): Json {
  const schemas = nameSchemas();
  const paths: Record<string, Record<string, Json>> = {};
  for (const key of routeKeys) {
    const { method, path } = splitKey(key);
    const address = path.replaceAll(/:(\w+)/g, "{$1}");
    paths[address] = { ...paths[address], [method.toLowerCase()]: describeRoute(key, schemas) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Tollgate",
      version,
      description: "The routes of Tollgate's handler, for the pages of the app that it is mounted in.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/billing", description: "Where the app mounts the handler: its `basePath`." }],
    paths,
    components: { schemas: toSchemas(schemas), securitySchemes },
  };
}

const securitySchemes = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "session",
    description: "Whatever the app's own `identify` reads of a request; most read a cookie.",
  },
  signature: {
    type: "apiKey",
    in: "header",
    name: "stripe-signature",
    description: "The provider's signature over exactly the bytes that it sends.",
  },
} as const;

const security = {
  anyone: [],
  identified: [{ session: [] }],
  manager: [{ session: [] }],
  signature: [{ signature: [] }],
} as const satisfies Record<Route["who"], readonly Json[]>;

const callers = {
  anyone: "Anyone may call it.",
  identified: "Anyone who is signed in may call it.",
  manager: "Only who manages billing may call it.",
  signature: "Only who signs as the provider may call it.",
} as const satisfies Record<Route["who"], string>;

/** Every body of a request or a response, each under its own name. */
function nameSchemas(): NamedSchemas {
  const named = routeKeys.flatMap((key) => {
    const { name, body, response }: Route = routes[key];
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const answer = { name: `${title}Response`, schema: response, io: "output" } as const;
    return body === undefined
      ? [answer]
      : [answer, { name: `${title}Request`, schema: body, io: "input" } as const];
  });
  return [
    ...named,
    { name: "ErrorResponse", schema: errorResponse, io: "output" },
    { name: "ErrorDetails", schema: errorDetails, io: "output" },
  ];
}

function describeRoute(key: RouteKey, schemas: NamedSchemas): Json {
  const route: Route = routes[key];
  const { name, does, who, limit, cacheSeconds, redirects } = route;
  const parameters = [...describeParams(route), ...describeQuery(route)];
  const requestBody = describeBody(route, schemas);
  const limited = limit === undefined ? "" : ` Counts towards the limit \`${limit}\` of the customer.`;
  return {
    operationId: name,
    summary: does.charAt(0).toUpperCase() + does.slice(1),
    description: `${callers[who]}${limited}`,
    security: security[who],
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      [redirects ? 303 : 200]: {
        description: redirects
          ? "Sent on to `url`, which `location` has too."
          : cacheSeconds === undefined
            ? "Done."
            : `Done; anybody may keep it for ${cacheSeconds} s.`,
        content: { [json]: { schema: refer(schemas, route.response) } },
      },
      ...describeRefusals(refusalsOf(key)),
    },
  };
}

function describeParams({ params = {} }: Route): readonly Json[] {
  return Object.entries(params).map(([name, example]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    example,
  }));
}

function describeQuery({ query }: Route): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = toSchema(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function describeBody({ body, examples = [], who }: Route, schemas: NamedSchemas): Json | undefined {
  if (body !== undefined) {
    const named = examples.map((value, index) => [`example${index + 1}`, { value }]);
    return {
      required: true,
      content: { [json]: { schema: refer(schemas, body), examples: Object.fromEntries(named) } },
    };
  }
  if (who !== "signature") return undefined;
  const description = "An event of the provider, exactly as it sends it.";
  return { required: true, content: { [json]: { schema: { type: "object", description } } } };
}

/** The codes that each status stands for. */
function describeRefusals(codes: readonly ErrorCode[]): Json {
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const own = codes.filter((code) => errorStatus[code] === status);
      const narrowed = { properties: { error: { properties: { code: { enum: own } } } } };
      const schema = { allOf: [{ $ref: "#/components/schemas/ErrorResponse" }, narrowed] };
      return [
        status,
        { description: own.map((code) => `\`${code}\``).join(", "), content: { [json]: { schema } } },
      ];
    }),
  );
}

function refer(schemas: NamedSchemas, schema: Route["response"]): Json {
  const named = schemas.find((one) => one.schema === schema);
  return named === undefined ? toSchema(schema, "output") : { $ref: `#/components/schemas/${named.name}` };
}
