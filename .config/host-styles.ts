import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import forms from "@tailwindcss/forms";
import postcss from "postcss";
import { compile } from "tailwindcss";
import tailwind3 from "tailwindcss-3";

const require = createRequire(import.meta.url);

/** The real styles of pages that the kit may be used in, by name, with these utilities among them. */
export async function compileHostStyles(utilities: readonly string[]): Promise<Record<string, string>> {
  const bootstrap = await readFile(require.resolve("bootstrap/dist/css/bootstrap.css"), "utf8");
  return {
    "Tailwind 4": await compileTailwind4('@import "tailwindcss";', utilities),
    "Tailwind 4 with forms": await compileTailwind4(
      '@import "tailwindcss"; @plugin "@tailwindcss/forms";',
      utilities,
    ),
    "Tailwind 3": await compileTailwind3(utilities, []),
    "Tailwind 3 with forms": await compileTailwind3(utilities, [forms]),
    "Bootstrap 5": bootstrap,
  };
}

async function compileTailwind4(css: string, utilities: readonly string[]): Promise<string> {
  const { build } = await compile(css, {
    base: import.meta.dirname,
    loadStylesheet: async (id, base) => {
      const path = id === "tailwindcss" ? require.resolve("tailwindcss/index.css") : join(base, id);
      return { path, base: dirname(path), content: await readFile(path, "utf8") };
    },
    loadModule: async (id, base) => ({ path: require.resolve(id), base, module: forms }),
  });
  return build([...utilities]);
}

async function compileTailwind3(utilities: readonly string[], plugins: (typeof forms)[]): Promise<string> {
  const config = { content: [{ raw: utilities.join(" ") }], plugins };
  const css = "@tailwind base; @tailwind components; @tailwind utilities;";
  return (await postcss([tailwind3(config)]).process(css, { from: undefined })).css;
}
