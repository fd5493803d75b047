/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { forgetDues } from "../../engine/clocks/due-index.js";
import { saveDefaultConfiguration } from "../../engine/portal/portal-configuration.js";
import { createSettings, type Settings } from "../../engine/world/settings.js";
import { act, readForm } from "../frame/act.js";
import type { Desk } from "../frame/desk.js";
import { SettingsView } from "./settings-view.js";

/** `GET` and `POST /settings`: how this account bills. */
export function addSettingsPages(pages: Hono, desk: Desk): void {
  pages.get("/settings", (c) =>
    c.html(<SettingsView desk={desk} note={desk.notes.find(c.req.query("note"))} />),
  );
  pages.post("/settings", (c) => save(c, desk));
}

const outcomes = ["cancel", "past_due", "unpaid"] as const;

const numberOf = (form: URLSearchParams, name: string, otherwise: number): number => {
  const given = form.get(name)?.trim() ?? "";
  return given === "" ? otherwise : Number(given);
};

/** No number turns a reminder off. */
const daysOf = (form: URLSearchParams, name: string): number | null =>
  (form.get(name) ?? "").trim() === "" ? null : Number(form.get(name));

const readSettings = (form: URLSearchParams, now: Settings): Settings =>
  createSettings({
    dunning: {
      retryAfterDays: (form.get("retries") ?? "")
        .split(/[\s,;]+/)
        .filter((part) => part !== "")
        .map(Number),
      finally: outcomes.find((outcome) => outcome === form.get("finally")) ?? now.dunning.finally,
    },
    draftSeconds: numberOf(form, "draft", now.draftSeconds / 60) * 60,
    upcomingDays: numberOf(form, "upcoming", now.upcomingDays),
    dueReminders: { daysBefore: daysOf(form, "before"), daysAfter: daysOf(form, "after") },
    updatesCards: form.get("updates") === "on",
    rawCardData: form.get("raw") === "on",
    // A configuration that was made stays, and so does this.
    portalSaved: now.portalSaved || form.get("portal") === "on",
    automaticTaxPercent: numberOf(form, "tax", now.automaticTaxPercent),
    taxReady: form.get("taxReady") === "on",
    termsPage: form.get("termsPage") === "on",
    managesPayments: form.get("managesPayments") === "on",
  });

async function save(c: Context, desk: Desk) {
  const form = await readForm(c);
  return act(c, desk, "/settings", () =>
    desk.room.mutate((world, ctx) => {
      world.settings = readSettings(form, world.settings);
      if (world.settings.portalSaved) saveDefaultConfiguration(world, ctx);
      // What lies ahead depends on them.
      forgetDues(world);
      return "Saved. Retries that were planned already keep their times.";
    }),
  );
}
