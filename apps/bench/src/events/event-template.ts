import { createHmac } from "node:crypto";
import { recordEvent } from "./record-event.js";

/** What differs from event to event. */
export interface EventFields {
  readonly event: string;
  readonly subscription: string;
  readonly customer: string;
  readonly item: string;
  /** In seconds. */
  readonly created: number;
  readonly quantity: number;
  readonly version: string;
}

/** An event's text with gaps: the text between them, and which field goes into each. */
export interface EventTemplate {
  readonly texts: readonly string[];
  readonly gaps: readonly (keyof EventFields)[];
  /** The text of the subscription alone, with the same gaps, as the provider's API gives it. */
  readonly subscription: Omit<EventTemplate, "subscription">;
}

interface UpdatedEvent {
  readonly id: string;
  readonly data: {
    readonly object: {
      readonly id: string;
      readonly customer: string;
      readonly items: { readonly data: readonly { readonly id: string }[] };
      readonly metadata: Readonly<Record<string, string>>;
    };
  };
}

/** Makes a template from an event that the sandbox sent. */
export async function createTemplate(): Promise<EventTemplate> {
  const event = (await recordEvent()) as unknown as UpdatedEvent;
  const { object } = event.data;
  const [item] = object.items.data;
  const told = {
    ...event,
    api_version: "@version@",
    created: "@created@",
    data: {
      ...event.data,
      object: {
        ...object,
        // A subscription that was bought through `@better-auth/stripe` carries the id of its row there.
        metadata: { ...object.metadata, subscriptionId: "row_@subscription@" },
        items: { ...object.items, data: [{ ...item, quantity: "@quantity@" }] },
      },
    },
  };
  const cut = (value: unknown) => {
    const text = JSON.stringify(value, null, 2)
      .replaceAll(event.id, "@event@")
      .replaceAll(object.id, "@subscription@")
      .replaceAll(object.customer, "@customer@")
      .replaceAll(item?.id ?? "", "@item@")
      .replaceAll('"@created@"', "@created@")
      .replaceAll('"@quantity@"', "@quantity@");
    const pieces = text.split("@");
    return {
      texts: pieces.filter((_, index) => index % 2 === 0),
      gaps: pieces.filter((_, index) => index % 2 === 1) as (keyof EventFields)[],
    };
  };
  return { ...cut(told), subscription: cut(told.data.object) };
}

/** The text with its gaps filled. */
export function fillTemplate(
  { texts, gaps }: Omit<EventTemplate, "subscription">,
  fields: EventFields,
): string {
  return texts
    .map((text, index) => `${text}${index < gaps.length ? fields[gaps[index] ?? "event"] : ""}`)
    .join("");
}

/** The header that the provider sends with a body. */
export function signBody(body: string, secret: string): string {
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return `t=${time},v1=${signature}`;
}
