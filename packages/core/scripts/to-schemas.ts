import * as z from "zod";

/** Schemas of bodies, by their names in the document. */
export type NamedSchemas = readonly {
  readonly name: string;
  readonly schema: z.ZodType;
  /** Whether it is sent to us, or sent by us. */
  readonly io: "input" | "output";
}[];

/** A JSON Schema of the draft that OpenAPI 3.1 uses. */
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Each as a JSON Schema under its name; where one holds another, it refers to it. */
export function toSchemas(schemas: NamedSchemas): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const { name, schema } of schemas) registry.add(schema, { id: name });
  const uri = (id: string) => `#/components/schemas/${id}`;
  const all = (["input", "output"] as const).map(
    (io) => [io, z.toJSONSchema(registry, { io, uri, target: "draft-2020-12" }).schemas] as const,
  );
  const made = new Map(all);
  return Object.fromEntries(schemas.map(({ name, io }) => [name, withoutName(made.get(io)?.[name] ?? {})]));
}

/** A single one. */
export function toSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  return withoutName(z.toJSONSchema(schema, { io, target: "draft-2020-12" }));
}

/** The document states the draft and the name. */
function withoutName({ $schema: _draft, $id: _name, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
