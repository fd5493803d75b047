import type { Context, Hono } from "hono";
import { createChaos } from "../../engine/world/chaos.js";
import { need } from "../../engine/world/find.js";
import { act, readForm } from "../frame/act.js";
import type { Desk } from "../frame/desk.js";
import { faults, windows } from "./chaos-choices.js";

/** `POST /chaos` for every endpoint, `POST /webhooks/:id/chaos` for one. */
export function addChaosActions(pages: Hono, desk: Desk): void {
  pages.post("/chaos", (c) => change(c, desk, null));
  pages.post("/webhooks/:id/chaos", (c) => change(c, desk, c.req.param("id")));
}

const numberOf = (form: URLSearchParams, name: string): number | undefined => {
  const given = form.get(name) ?? "";
  return given.trim() === "" ? undefined : Number(given);
};

const chaosOf = (form: URLSearchParams) => {
  const rates = faults.flatMap(({ name }) => {
    const percent = numberOf(form, name);
    return percent === undefined ? [] : [[name, percent / 100]];
  });
  const given = windows.flatMap(({ name }) => {
    const value = numberOf(form, name);
    return value === undefined ? [] : [[name, value]];
  });
  return createChaos({
    seed: form.get("seed")?.trim() || "tollgate",
    ...Object.fromEntries([...rates, ...given]),
  });
};

async function change(c: Context, desk: Desk, endpoint: string | null) {
  const form = await readForm(c);
  const path = endpoint === null ? "/webhooks" : `/webhooks/${encodeURIComponent(endpoint)}`;
  return act(c, desk, path, () =>
    desk.room.mutate((world) => {
      if (endpoint !== null) need(world.hidden.endpoints, "webhook endpoint", endpoint);
      const chaos = form.get("switch") === "off" ? null : chaosOf(form);
      if (endpoint === null) world.chaos.everywhere = chaos;
      else if (chaos) world.chaos.at[endpoint] = chaos;
      else delete world.chaos.at[endpoint];
      return chaos ? "Deliveries go wrong on purpose from now on." : "Deliveries go right again.";
    }),
  );
}
