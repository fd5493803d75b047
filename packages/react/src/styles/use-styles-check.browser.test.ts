import { afterEach, beforeEach, expect, test, vi } from "vitest";
import styles from "../styles.css?inline";
import { warnWithoutStyles } from "./use-styles-check.js";

const everyone = [...document.head.querySelectorAll("style")];

beforeEach(() => {
  for (const style of everyone) style.remove();
});
afterEach(() => {
  document.head.append(...everyone);
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

test("says once that the styles are missing, and nothing where they are loaded or where there is no component", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  warnWithoutStyles();
  document.body.innerHTML = `<style>${styles}</style><p data-tollgate="x"></p>`;
  warnWithoutStyles();
  expect(warn).not.toHaveBeenCalled();
  document.body.querySelector("style")?.remove();
  warnWithoutStyles();
  warnWithoutStyles();
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining('import "@tollgate/react/styles.css";'),
  );
});
