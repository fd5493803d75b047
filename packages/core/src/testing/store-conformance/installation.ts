import { describe, expect, it } from "vitest";
import type { Store } from "../../ports/store.js";

export function describeInstallation(store: () => Store, second: () => Store | undefined): void {
  describe("the installation", () => {
    it("has its own id that stays, whoever asks and however often the schema is brought up to date", async () => {
      const { id } = await store().readInstallation();
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      await store().migrate();
      expect(await store().readInstallation()).toMatchObject({ id });
      expect(await (second() ?? store()).readInstallation()).toMatchObject({ id });
    });

    it("belongs to no app until it is bound, then to the first of those that bind it at once", async () => {
      expect(await store().readInstallation()).toMatchObject({ app: null });
      const other = second() ?? store();
      const both = await Promise.all([store().bindInstallation("shop"), other.bindInstallation("blog")]);
      const { app } = await store().readInstallation();
      expect(["shop", "blog"]).toContain(app);
      expect(both.map((one) => one.app)).toEqual([app, app]);
      expect(await other.bindInstallation("third")).toMatchObject({ app });
    });
  });
}
