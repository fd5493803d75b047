import { find } from "../world/find.js";
import type { PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { CardBehaviour, CardDecline } from "./card-behaviour.js";

/** How a stored card answers. */
export const behaviourOf = (world: World, id: string): CardBehaviour =>
  find(world.hidden.cards, id) ?? { onSetup: "ok", onCharge: "ok" };

/** What the issuer says of the code, once it is asked about the card at all. */
export const askIssuer = (world: World, { card, id }: PaymentMethod): void => {
  if (card?.checks?.cvc_check === "unchecked")
    card.checks.cvc_check = behaviourOf(world, id).checks?.cvc ?? "pass";
};

/** Makes the customer's next charge with this card fail; undefined calls that off. */
export const failNextCharge = (world: World, id: string, decline: CardDecline | undefined): void => {
  const { failNext: _earlier, ...rest } = behaviourOf(world, id);
  world.hidden.cards[id] = decline ? { ...rest, failNext: decline } : rest;
};

/** A failure that was asked for happens once. */
export const forgetFailure = (world: World, id: string): void => {
  if (behaviourOf(world, id).failNext) failNextCharge(world, id, undefined);
};

/** Notes that the holder proved to be who they are; some cards remember that. */
export const rememberAuthentication = (world: World, id: string): void => {
  const behaviour = behaviourOf(world, id);
  if (behaviour.remembers) world.hidden.cards[id] = { ...behaviour, onSetup: "ok", onCharge: "ok" };
};
