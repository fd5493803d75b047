import qs from "qs";
import type { ApiOptions } from "../api/http/create-api.js";
import { createApi } from "../api/http/create-api.js";
import { StripeError, type StripeErrorBody } from "../engine/world/stripe-error.js";
import { apiVersion } from "../rooms/api-version.js";
import type { SandboxRoom } from "../rooms/sandbox-room.js";
import { playScenario } from "../scenarios/play-scenario.js";
import type { Played, PlayOptions } from "../scenarios/played.js";
import type { ScenarioName } from "../scenarios/scenarios.js";
import { type Ask, createStage } from "../scenarios/stage.js";

/** Plays a scenario in a room. */
export type Player = <Name extends ScenarioName>(
  room: SandboxRoom,
  name: Name,
  options: PlayOptions,
) => Promise<Played<Name>>;

type Answer = { error?: StripeErrorBody };

/** Scenarios ask the same API as an app does, and are never told to slow down. */
export const createPlayer = (platform: SandboxRoom, options: ApiOptions): Player => {
  const api = () => createApi(platform, { ...options, rateLimit: () => undefined });
  let opened: ReturnType<typeof api> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const askIn =
    (room: SandboxRoom): Ask =>
    async (method, path, params = {}) => {
      opened ??= api();
      const response = await opened.request(path, {
        method,
        headers: {
          authorization: `Bearer ${platform.secretKey}`,
          "content-type": "application/x-www-form-urlencoded",
          // Whatever version the account speaks by itself.
          "stripe-version": apiVersion,
          ...(room === platform ? {} : { "stripe-account": room.world.account.id }),
        },
        body: qs.stringify(params),
      });
      const answer = (await response.json()) as Answer;
      if (answer.error) throw new StripeError(response.status, answer.error);
      return answer as never;
    };

  // One after another: two that moved one clock would spoil each other.
  return (room, name, given) => {
    const played = turn.then(() => playScenario(createStage(room, askIn(room)), name, given));
    turn = played.catch(() => undefined);
    return played;
  };
};
