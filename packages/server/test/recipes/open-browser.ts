import { type Browser, chromium } from "playwright";
import { chromiumLaunchOptions } from "../../../../.config/chromium.js";

/** The machine's own Chromium, as every test here starts it. */
export const openBrowser = (): Promise<Browser> => chromium.launch(chromiumLaunchOptions());
