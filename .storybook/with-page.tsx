import type { Decorator } from "@storybook/react-vite";

/**
 * Puts the toolbar's choices on the page, as a host would: its theme, language and direction are on the
 * root element. Before the story renders, because stories read the language there.
 */
export const withPage: Decorator = (Story, { globals: { theme, direction, locale } }) => {
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.style.colorScheme = theme;
  root.dir = direction;
  root.lang = locale;
  document.body.style.background = "var(--tollgate-surface)";
  document.body.style.fontFamily = "ui-sans-serif, system-ui, sans-serif";
  return <Story />;
};
