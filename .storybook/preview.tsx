import type { Preview } from "@storybook/react-vite";
import { withPage } from "./with-page.js";
import "../packages/react/src/styles.css";

const widths = { drawer: 320, phone: 375, tablet: 768, desktop: 1280 } as const;

const preview: Preview = {
  tags: ["autodocs"],
  decorators: [withPage],
  parameters: {
    a11y: { test: "error" },
    controls: { expanded: true },
    viewport: {
      options: Object.fromEntries(
        Object.entries(widths).map(([name, width]) => [
          name,
          { name: `${name}, ${width} px`, styles: { width: `${width}px`, height: "900px" } },
        ]),
      ),
    },
  },
  initialGlobals: { theme: "light", locale: "en", direction: "ltr" },
  globalTypes: {
    theme: {
      description: "Light or dark",
      toolbar: {
        title: "Theme",
        icon: "mirror",
        dynamicTitle: true,
        items: [
          { value: "light", title: "Light", icon: "sun" },
          { value: "dark", title: "Dark", icon: "moon" },
        ],
      },
    },
    locale: {
      description: "How dates and money are written",
      toolbar: {
        title: "Locale",
        icon: "globe",
        dynamicTitle: true,
        items: ["en", "de", "fr", "es", "pt-BR", "ja", "zh-CN", "ar"],
      },
    },
    direction: {
      description: "Writing direction",
      toolbar: { title: "Direction", icon: "transfer", dynamicTitle: true, items: ["ltr", "rtl"] },
    },
  },
};

export default preview;
