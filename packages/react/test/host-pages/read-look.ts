/** The computed style of each kind of element and pseudo-element of the kit: its name → property → value. */
export type Look = ReadonlyMap<string, ReadonlyMap<string, string>>;

const pseudos = [null, "::before", "::after"] as const;

/**
 * Properties that say nothing that another one doesn't say too, and those that text inherits from the page's root
 * without changing any picture here.
 */
const idle =
  /^(--|-webkit-|tab-size|text-size-adjust|animation|app-region|offset|scroll|mask|font-synthesis|view-|timeline|buffered|block-size|inline-size|(min|max)-(block|inline)|inset-|(margin|padding|border|overflow|overscroll|contain-intrinsic)-(block|inline)|(perspective|transform)-origin|border-(start|end)|corner|column-rule|row-rule)/;

/** @returns one entry for each kind of element: those that are alike in name, part and state are alike in style. */
export function readLook(root: Element): Look {
  const names = [...getComputedStyle(root)].filter((name) => !idle.test(name));
  const look = new Map<string, ReadonlyMap<string, string>>();
  for (const [kind, element] of kindsOf(root)) {
    for (const pseudo of pseudos) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo !== null && style.content === "none") continue;
      const values = names.map((name) => [name, style.getPropertyValue(name)] as const);
      look.set(`${kind}${pseudo ?? ""}`, new Map(values));
    }
  }
  return look;
}

/** What differs, in words: `element { property: was → is }`. */
export function compareLooks(before: Look, after: Look): readonly string[] {
  const added = [...after.keys()].filter((kind) => !before.has(kind));
  return [...before]
    .flatMap(([kind, values]) =>
      [...values].flatMap(([name, value]) => {
        const now = after.get(kind)?.get(name);
        return now === value ? [] : [`${kind} { ${name}: ${value} → ${now} }`];
      }),
    )
    .concat(added.map((kind) => `${kind} was not there`));
}

/** The first of each kind of element of the kit, without what hosts put into it. */
function kindsOf(root: Element): ReadonlyMap<string, Element> {
  const kinds = new Map<string, Element>();
  for (const element of root.querySelectorAll(
    "[data-tollgate], [data-tollgate] *, [data-tollgate-button], [data-tollgate-button] *",
  )) {
    if (element.closest("[data-behind], [data-tollgate-button] > span > *") !== null) continue;
    const home = element.closest("[data-tollgate]");
    const kind = [
      home?.getAttribute("data-tollgate"),
      home?.getAttribute("data-state"),
      describe(element.parentElement),
      describe(element),
    ].join(" ");
    if (!kinds.has(kind)) kinds.set(kind, element);
  }
  return kinds;
}

function describe(element: Element | null): string {
  if (element === null) return "";
  const marks = [...element.attributes].flatMap(({ name, value }) =>
    /^(data-(?!tollgate$|plan$)|aria-(disabled|busy|hidden)|type|disabled|role)/.test(name)
      ? `[${name}=${value}]`
      : [],
  );
  return `${element.localName}${marks.join("")}`;
}
