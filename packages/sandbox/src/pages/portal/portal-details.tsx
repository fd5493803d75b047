/** @jsxImportSource hono/jsx */

import type { Hono } from "hono";
import { updateCustomer } from "../../engine/customers/customer.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { Customer } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { readForm } from "../kit/read-form.js";
import { showMissing } from "../kit/show-missing.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";

const plain = {
  name: { type: "text", autocomplete: "name" },
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
} as const;

const places = {
  line1: { autocomplete: "address-line1" },
  line2: { autocomplete: "address-line2" },
  postal_code: { autocomplete: "postal-code" },
  city: { autocomplete: "address-level2" },
  state: { autocomplete: "address-level1" },
  country: { autocomplete: "country" },
} as const;

type Plain = keyof typeof plain;
type Place = keyof typeof places;

/** What this portal lets its customer change. */
function allowedIn({ view }: PortalRoom): readonly string[] {
  const { enabled, allowed_updates: allowed } = view.configuration.features.customer_update;
  return enabled ? allowed : [];
}

/** Whether there is anything to change here. */
export function canEditDetails(room: PortalRoom): boolean {
  return allowedIn(room).some((update) => update in plain || update === "address");
}

/** Changing name, email, phone and address, as far as the portal allows. */
export function addDetailPages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/details", (c) => {
    const room = openPortal(sandbox, c);
    return room && canEditDetails(room)
      ? c.html(<Details room={room} problem={undefined} />)
      : showMissing(c);
  });
  pages.post("/p/session/:token/details", async (c) => {
    const form = await readForm(c);
    const room = openPortal(sandbox, c);
    if (!room || !canEditDetails(room)) return showMissing(c);
    try {
      const fields = readDetails(allowedIn(room), form);
      sandbox.mutate((world, ctx) => updateCustomer(world, ctx, room.view.customer.id, fields));
      return finishAction(c, room, "details");
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return c.html(<Details room={room} problem={error.body.message} />, 400);
    }
  });
}

function readDetails(allowed: readonly string[], form: FormData) {
  const value = (name: string): string => String(form.get(name) ?? "").trim();
  const given = (Object.keys(plain) as Plain[]).filter((key) => allowed.includes(key));
  const address = Object.fromEntries((Object.keys(places) as Place[]).map((key) => [key, value(key)]));
  return {
    ...Object.fromEntries(given.map((key) => [key, value(key) || null])),
    ...(allowed.includes("address") ? { address: address as Record<Place, string> } : {}),
  };
}

const Field = (props: {
  name: string;
  label: string;
  type?: string;
  autocomplete: string;
  value: string;
}) => (
  <div class="field">
    <label for={props.name}>{props.label}</label>
    <input
      id={props.name}
      name={props.name}
      type={props.type ?? "text"}
      autocomplete={props.autocomplete}
      value={props.value}
    />
  </div>
);

const Details = ({ room, problem }: { room: PortalRoom; problem: string | undefined }) => {
  const { details: words, saving } = room.language.text.portal;
  const allowed = allowedIn(room);
  const { customer } = room.view;
  return (
    <PortalFrame room={room} title={words.title} kind="step">
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <form class="panel form" method="post" action={`${room.home}/details`}>
        {(Object.keys(plain) as Plain[])
          .filter((key) => allowed.includes(key))
          .map((key) => (
            <Field key={key} name={key} label={words[key]} {...plain[key]} value={customer[key] ?? ""} />
          ))}
        {allowed.includes("address")
          ? (Object.keys(places) as Place[]).map((key) => (
              <Field
                key={key}
                name={key}
                label={words[key]}
                {...places[key]}
                value={customer.address?.[key] ?? ""}
              />
            ))
          : null}
        <div class="buttons">
          <button type="submit" class="button primary" data-busy={saving}>
            {words.save}
          </button>
          <a class="button" href={leaveHref(room)}>
            {words.cancel}
          </a>
        </div>
      </form>
    </PortalFrame>
  );
};

/** Name, email, phone and address, one line each; unknown ones are left out. */
export function describeDetails({ name, email, phone, address }: Customer): string[] {
  const town = [address?.postal_code, address?.city].filter(Boolean).join(" ");
  const place = [address?.line1, address?.line2, town, address?.state, address?.country]
    .filter(Boolean)
    .join(", ");
  return [name, email, phone, place].filter((line): line is string => Boolean(line));
}
