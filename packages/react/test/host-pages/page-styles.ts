import { commands } from "vitest/browser";
import kit from "../../src/styles.css?inline";

declare module "vitest/browser" {
  interface BrowserCommands {
    compileHostStyles: (utilities: readonly string[]) => Promise<Record<string, string>>;
  }
}

/** Resets that people write by hand, or that came with older versions. */
const handwritten: Record<string, string> = {
  "button { all: unset }": "button { all: unset }",
  "* { all: unset }": "main *:not(svg, svg *) { all: unset }",
  // Tailwind before 3.4.2: https://github.com/tailwindlabs/tailwindcss/blob/v3.4.1/src/css/preflight.css
  "[type=button] { background: none }":
    "button, [type='button'], [type='submit'] { -webkit-appearance: button; background-color: transparent; background-image: none }",
  // https://elad2412.github.io/the-new-css-reset/
  "a reset in a layer":
    "@layer reset { *:where(:not(html, iframe, canvas, img, svg, video, audio):not(svg *, symbol *)) { all: unset; display: revert } *, *::before, *::after { box-sizing: border-box } img, svg { max-width: 100% } }",
  "element styles":
    "body { line-height: 2; color: teal } * { margin: 0; padding: 0; border: 1px dotted; transition: all 1s }" +
    "h2, h3 { font: italic 40px serif; color: brown } ul li { list-style: square; margin: 9px } table td, table th { border: 3px solid red }" +
    "a { color: red } a:hover, a:focus { color: blue; text-decoration: underline } svg { fill: red; display: block } svg path { stroke: lime; fill: lime }" +
    "label { display: block; font-weight: 700 } fieldset { border: 2px groove; padding: 20px } legend { float: left; width: 100%; font-size: 2em } dl dt { float: left } select, input { width: 100%; height: 60px; background: gold }" +
    "p::before, span::after { content: '!' } section { padding: 5em } header, article { background: pink } strong { color: red } :focus { outline: 0 }",
};

export async function hostStyles(utilities: readonly string[] = []): Promise<Record<string, string>> {
  return { ...(await commands.compileHostStyles(utilities)), ...handwritten };
}

/**
 * Nothing moves, so that every look is the same; and every page is white, because Chromium smooths round corners
 * otherwise where there is nothing behind them.
 */
const still =
  "html, body { background: white !important } *, ::before, ::after { transition-duration: 0s !important; animation-play-state: paused !important; caret-color: transparent !important }";

/** Loads these sheets into the page, in this order, in place of those before. */
export function loadMovingStyles(...sheets: readonly string[]): void {
  for (const sheet of document.head.querySelectorAll("style")) sheet.remove();
  for (const sheet of sheets) {
    const style = document.createElement("style");
    style.textContent = sheet;
    document.head.append(style);
  }
}

/** The same, with all motion stopped. */
export const loadStyles = (...sheets: readonly string[]): void => loadMovingStyles(still, ...sheets);

export const kitStyles = kit;
