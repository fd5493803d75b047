import { cleanup } from "@testing-library/react";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { showGallery } from "./gallery.js";
import { hostStyles, kitStyles, loadStyles } from "./page-styles.js";
import { compareLooks, type Look, readLook } from "./read-look.js";

const hosts = await hostStyles();
let gallery: HTMLElement;
let plain: { readonly look: Look; readonly picture: string };

const photograph = () => page.screenshot({ element: gallery, save: false });

beforeAll(async () => {
  await page.viewport(1280, 900);
  loadStyles(kitStyles);
  gallery = await showGallery();
  plain = { look: readLook(gallery), picture: await photograph() };
});
afterAll(cleanup);

describe.each(Object.keys(hosts))("on a page with %s", (name) => {
  it.each(["before", "after"])(
    "looks as it does on a plain page, loaded %s the page's styles",
    async (order) => {
      const host = hosts[name] as string;
      loadStyles(...(order === "before" ? [kitStyles, host] : [host, kitStyles]));
      expect(compareLooks(plain.look, readLook(gallery)).slice(0, 40)).toEqual([]);
      expect((await photograph()) === plain.picture, "the pictures differ").toBe(true);
    },
  );
});
