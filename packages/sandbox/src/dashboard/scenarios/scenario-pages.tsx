/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { PlayOptions } from "../../scenarios/played.js";
import { isScenario, scenarios } from "../../scenarios/scenarios.js";
import { readForm, seeNote } from "../frame/act.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { ScenariosView } from "./scenarios-view.js";

/** `GET /scenarios`, and `POST` that plays one. */
export function addScenarioPages(pages: Hono, desk: Desk): void {
  pages.get("/scenarios", (c) => {
    const note = desk.notes.find(c.req.query("note"));
    const whom = c.req.query("whom") ?? "";
    return c.html(<ScenariosView desk={desk} note={note} whom={whom} />);
  });
  pages.post("/scenarios", (c) => play(c, desk));
}

/** Whom a scenario is about: a form has one field for a customer or a subscription. */
const about = (whom: string): PlayOptions => {
  if (whom === "") return {};
  return whom.startsWith("sub_") ? { subscription: whom } : { customer: whom };
};

async function play(c: Context, desk: Desk) {
  const form = await readForm(c);
  const whom = (form.get("whom") ?? "").trim();
  const path = whom === "" ? "/scenarios" : `/scenarios?whom=${encodeURIComponent(whom)}`;
  return seeNote(c, desk, path, await attempt(desk, form.get("scenario") ?? "", about(whom)));
}

async function attempt({ room }: Desk, name: string, options: PlayOptions): Promise<Note> {
  if (!isScenario(name)) return { tone: "bad", text: "Choose what to play." };
  try {
    const { steps, events, ...played } = await room.play(name, options);
    const ids = [
      played.customer,
      played.subscription,
      played.invoice,
      played.charge,
      played.refund,
      played.dispute,
    ];
    return {
      tone: "good",
      text: `${scenarios[name].title}: played.`,
      steps,
      about: ids.filter((id) => id !== null),
      events: events.map(({ id }) => id),
    };
  } catch (error) {
    if (error instanceof StripeError || error instanceof RangeError)
      return { tone: "bad", text: error.message };
    throw error;
  }
}
