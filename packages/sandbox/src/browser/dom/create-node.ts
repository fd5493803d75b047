type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** One DOM node with its attributes and children; `true` sets an empty attribute, `false` none. */
export function createNode<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** Constructed sheets work under a strict `style-src`, where a `<style>` would be refused. */
export function adoptCss(root: ShadowRoot, ...css: string[]): CSSStyleSheet[] {
  const sheets = css.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  root.adoptedStyleSheets = sheets;
  return sheets;
}
