/**
 * Does to modules what a server-component bundler does: a `"use client"` module is not run, and each of its exports
 * becomes a reference that a page can render and the server can't call.
 */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  const source = String(loaded.source);
  if (!source.startsWith('"use client"')) return loaded;
  const names = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) =>
    list.trim().split(/,\s*/),
  );
  return { ...loaded, source: names.map(toReference).join("\n") };
}

function toReference(name) {
  const refusal = `() => { throw new Error("${name} runs in the browser only"); }`;
  return `export const ${name} = Object.assign(${refusal}, { $$typeof: Symbol.for("react.client.reference") });`;
}
