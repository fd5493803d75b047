import type { Decorator } from "@storybook/react-vite";
import { type ReactNode, useLayoutEffect } from "react";

interface PageProps {
  readonly theme: string;
  readonly direction: string;
  readonly locale: string;
  readonly children: ReactNode;
}

/** Stands for the host's page: its theme, its language and its direction are on the root element. */
function Page({ theme, direction, locale, children }: PageProps) {
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = theme;
    root.style.colorScheme = theme;
    root.dir = direction;
    root.lang = locale;
    document.body.style.background = "var(--tollgate-surface)";
    document.body.style.fontFamily = "ui-sans-serif, system-ui, sans-serif";
  }, [theme, direction, locale]);
  return children;
}

/** Puts the toolbar's choices on the page. */
export const withPage: Decorator = (Story, { globals }) => (
  <Page theme={globals.theme} direction={globals.direction} locale={globals.locale}>
    <Story />
  </Page>
);
