import { useEffect } from "react";

/**
 * A bundler's production build drops everything but an empty effect; tests, which often load no styles, are left in
 * peace.
 */
export function useStylesCheck(): void {
  useEffect(() => {
    // In a block of its own: what follows a `return` still counts as used, and stays in the bundle.
    if (process.env.NODE_ENV === "development") {
      // Styles may come a moment after the first paint.
      const timer = setTimeout(() => warnWithoutStyles(), 1000);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, []);
}

let hasWarned = false;

/** Says once what is missing, when a component of the kit is on the page and its styles are not. */
export function warnWithoutStyles(): void {
  const part = document.querySelector("[data-tollgate]");
  if (hasWarned || part === null || getComputedStyle(part).getPropertyValue("--tollgate-unit") !== "") return;
  hasWarned = true;
  console.warn(
    'Tollgate: the styles are missing, so its components look like bare HTML. Add this line where your app begins: import "@tollgate/react/styles.css";',
  );
}
