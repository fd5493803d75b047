import { createNode } from "../dom/create-node.js";

/** Lets the elements use fonts of the page's choice: a stylesheet, or a font file. Each is fetched once. */
export function loadFonts(fonts: readonly unknown[] = []): void {
  for (const font of fonts) {
    if (typeof font !== "object" || font === null) continue;
    if ("cssSrc" in font && typeof font.cssSrc === "string") addSheet(font.cssSrc);
    else if ("family" in font && "src" in font) addFace(font as FontSource);
  }
}

interface FontSource extends FontFaceDescriptors {
  readonly family: string;
  readonly src: string;
}

function addSheet(href: string): void {
  const known = [...document.querySelectorAll("link[data-sandbox-font]")];
  if (known.some((link) => link.getAttribute("href") === href)) return;
  document.head.append(createNode("link", { rel: "stylesheet", href, "data-sandbox-font": true }));
}

function addFace({ family, src, ...descriptors }: FontSource): void {
  if ([...document.fonts].some((face) => face.family === family)) return;
  document.fonts.add(new FontFace(family, src, descriptors));
}
