/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Desk } from "../frame/desk.js";

/** Names under which a custom id may appear, such as the product `pro`. */
const named = new Set(["coupon", "id", "price", "product"]);

const strings = /("(?:[^"\\]|\\.)*")(\s*:)?/g;

type Piece = { text: string; href?: string; isKey?: true };

const hrefOf = (desk: Desk, value: string, key: string): string | undefined => {
  if (/^https?:\/\//.test(value)) return value;
  const looksLikeId = /^[a-z_]+_\w{8,}$/i.test(value) || named.has(key);
  if (!looksLikeId) return undefined;
  if (/^evt_/.test(value) && desk.room.world.events.some(({ id }) => id === value))
    return `${desk.base}/events/${value}`;
  return desk.locate(value)?.href;
};

/** Cuts indented JSON where a text names an object or an address. */
const pieces = (desk: Desk, json: string): Piece[] => {
  const found: Piece[] = [];
  let [key, done] = ["", 0];
  for (const match of json.matchAll(strings)) {
    const [, literal = "", colon] = match;
    const value = String(JSON.parse(literal));
    if (colon) {
      key = value;
      found.push({ text: json.slice(done, match.index) }, { text: literal, isKey: true });
      done = match.index + literal.length;
      continue;
    }
    const href = hrefOf(desk, value, key);
    if (href === undefined) continue;
    found.push({ text: json.slice(done, match.index + 1) }, { text: literal.slice(1, -1), href });
    done = match.index + literal.length - 1;
  }
  return [...found, { text: json.slice(done) }];
};

const show = ({ text, href, isKey }: Piece): Child => {
  if (isKey) return <span class="key">{text}</span>;
  if (href === undefined) return text;
  return <a href={href}>{text}</a>;
};

/** A value as indented JSON, in which every id of an object leads to it. */
export const ObjectJson = ({ desk, value, id }: { desk: Desk; value: unknown; id: string }) => (
  <div class="panel flush">
    <pre class="json" id={id} tabindex={0}>
      {pieces(desk, JSON.stringify(value, null, 2)).map(show)}
    </pre>
  </div>
);
