import { type Form, isForm } from "./change.js";

type Edit = (given: Form) => Form;

/** Gives a parameter its new name. */
export const rename =
  (from: string, to: string): Edit =>
  (given) => {
    if (!Object.hasOwn(given, from)) return given;
    const { [from]: value, ...rest } = given;
    return { ...rest, [to]: value };
  };

/** Rewrites a parameter's value. */
export const rewrite =
  (name: string, edit: (value: unknown) => unknown): Edit =>
  (given) =>
    Object.hasOwn(given, name) ? { ...given, [name]: edit(given[name]) } : given;

/** Edits the hash that a parameter holds. */
export const inside = (name: string, edit: Edit): Edit =>
  rewrite(name, (value) => (isForm(value) ? edit(value) : value));

/** Edits each hash of a list, which may come as a hash of positions. */
export const insideEach = (name: string, edit: Edit): Edit =>
  rewrite(name, (value) =>
    isForm(value) || Array.isArray(value)
      ? Object.values(value).map((item) => (isForm(item) ? edit(item) : item))
      : value,
  );

/** One edit after the other. */
export const inTurn =
  (...edits: Edit[]): Edit =>
  (given) =>
    edits.reduce((form, edit) => edit(form), given);
