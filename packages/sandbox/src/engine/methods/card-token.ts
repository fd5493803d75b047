import { type Context, seconds } from "../world/context.js";
import { find, need } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest, missing } from "../world/stripe-error.js";
import type { PaymentMethod, Token } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { CardBehaviour } from "./card-behaviour.js";
import { behaviourOf } from "./card-memory.js";
import { type CardInput, createPaymentMethod } from "./payment-method.js";
import { cardOfToken, numberOfToken, readTestCard } from "./test-cards.js";
import { toCardSource } from "./to-card-source.js";

/** Keeps a typed card for one use. https://docs.stripe.com/api/tokens */
export const createCardToken = (
  world: World,
  ctx: Context,
  { card, name }: { card: CardInput; name: string | null },
): Token => {
  const method = createPaymentMethod(world, ctx, { card, billing_details: { name }, prefix: "card" });
  delete world.paymentMethods[method.id];
  const token: Token = {
    id: ctx.ids.id("tok"),
    object: "token",
    card: toCardSource(method),
    client_ip: null,
    created: seconds(ctx),
    livemode: false,
    type: "card",
    used: false,
  };
  world.hidden.cardTokens[token.id] = { method, token };
  return token;
};

/** A token that was made here, or Stripe's refusal. */
export const needToken = (world: World, id: string): Token =>
  need(world.hidden.cardTokens, "token", id).token;

const unused = (world: World, id: string, param: string): PaymentMethod => {
  const kept = find(world.hidden.cardTokens, id);
  if (!kept) throw missing("token", id, param);
  if (kept.token.used)
    throw invalidRequest(`You cannot use a Stripe token more than once: ${id}.`, "token_already_used", param);
  return kept.method;
};

/** How the card behind a token answers: Stripe's own `tok_visa`, or one that was made here. */
export const behaviourOfToken = (world: World, id: string, param = "source"): CardBehaviour => {
  const number = numberOfToken(id);
  return number === undefined
    ? behaviourOf(world, unused(world, id, param).id)
    : readTestCard(number).behaviour;
};

type Use = { prefix: "card" | "pm"; metadata?: MetadataChange; param?: string };

/** The payment method that a token stands for; one that was made here is used up. */
export const methodOfCardToken = (
  world: World,
  ctx: Context,
  id: string,
  { prefix, metadata = {}, param = "source" }: Use,
): PaymentMethod => {
  const number = numberOfToken(id);
  if (number !== undefined)
    return createPaymentMethod(world, ctx, { card: cardOfToken(ctx, number), metadata, prefix });
  const kept = unused(world, id, param);
  needToken(world, id).used = true;
  const own = prefix === "card" ? kept.id : ctx.ids.id(prefix);
  const method = { ...structuredClone(kept), id: own, metadata: mergeMetadata({}, metadata) };
  world.paymentMethods[own] = method;
  world.hidden.cards[own] = { ...behaviourOf(world, kept.id) };
  return method;
};

/** Makes a token good again when the request that used it is refused; nothing happens to Stripe's own. */
export const giveBackCardToken = (world: World, id: string): void => {
  const kept = find(world.hidden.cardTokens, id);
  if (kept) kept.token.used = false;
};
