import { checkType } from "./check-type.js";
import { type Declared, declaredTypes } from "./declared-types.js";

type Named = { object: string; [key: string]: unknown };

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNamed = (value: unknown): value is Named => isHash(value) && typeof value.object === "string";

const against = (value: Named, { checker, types, thinEvents }: Declared): string[] => {
  const thin = value.object === "v2.core.event" ? thinEvents.get(String(value.type)) : undefined;
  const kinds = thin ? [thin] : types.get(value.object);
  if (!kinds) return [`${value.object}: no declaration is known`];
  const attempts = kinds.map((type) => checkType(checker, type, { value, path: value.object }));
  const [least = []] = attempts.sort((one, other) => one.length - other.length);
  return least;
};

// `count` is on the disputes' list alone, and `total_count` on lists within objects.
const listKeys = ["count", "data", "has_more", "next_page", "object", "total_count", "url"];

const inList = ({ data, ...list }: Named, declared: Declared): string[] => {
  const strange = Object.keys(list).filter((key) => !listKeys.includes(key));
  const errors = strange.map((key) => `${list.object}.${key}: not declared`);
  if (typeof list.has_more !== "boolean") errors.push(`${list.object}.has_more: no boolean`);
  if (typeof list.url !== "string") errors.push(`${list.object}.url: no string`);
  if (!Array.isArray(data)) return [...errors, `${list.object}.data: no array`];
  return [...errors, ...data.flatMap((row) => checkShape(row, declared))];
};

const inEvent = (event: Named, declared: Declared): string[] => {
  const errors = against(event, declared);
  return isHash(event.data) ? [...errors, ...checkShape(event.data.object, declared)] : errors;
};

/**
 * Every difference of an object (and what it holds), a list of objects or an event from the SDK's declaration
 * of its kind: a key missing or unknown, a wrong type, a value that no enum has.
 */
export const checkShape = (value: unknown, declared = declaredTypes()): string[] => {
  // A page of the second API has no `object`.
  if (isHash(value) && Array.isArray(value.data) && "next_page_url" in value)
    return value.data.flatMap((row) => checkShape(row, declared));
  // The stream of meter events answers with nothing.
  if (isHash(value) && Object.keys(value).length === 0) return [];
  if (!isNamed(value)) return ["an answer that is no object of any kind"];
  if (value.object === "list" || value.object === "search_result") return inList(value, declared);
  if (value.object === "event") return inEvent(value, declared);
  if (value.deleted === true)
    // A discount that is over still says what it was.
    return Object.keys(value).length > 3 && value.object !== "discount"
      ? [`${value.object}: a deleted one has more than its id`]
      : [];
  return against(value, declared);
};
