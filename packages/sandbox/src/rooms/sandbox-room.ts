import type { Context } from "../engine/world/context.js";
import type { IdSource } from "../engine/world/ids.js";
import type { World } from "../engine/world/world.js";
import type { LoggedRequest } from "../requests/logged-request.js";
import type { Played, PlayOptions } from "../scenarios/played.js";
import type { ScenarioName } from "../scenarios/scenarios.js";
import type { Delivery } from "../webhooks/delivery.js";

/** What pages and the API work with: one world, one clock, and one way to change things. */
export type SandboxRoom = {
  /** Read it freely; change it only inside `mutate`. */
  readonly world: World;
  readonly secretKey: string;
  readonly publishableKey: string;
  /** The account's API version: that of requests and endpoints that name none. */
  readonly apiVersion: string;
  readonly ids: IdSource;
  /** A fresh id for a request; drawn apart from `ids`, so that asking changes no object. */
  requestId(): string;
  /** Called with every parameter that is accepted and has no effect. */
  log(line: string): void;
  /** The room of the sandbox's own account or of a connected one, by its id. */
  inAccount(id: string): SandboxRoom | undefined;
  /**
   * The deliveries of this account's events, with their attempts (a copy); the platform's room has those of
   * all accounts.
   */
  deliveries(): Delivery[];
  /** The latest requests for this account, oldest first; the platform's room has those of all accounts. */
  requests(): LoggedRequest[];
  /**
   * Moves the clock forward, as `Sandbox.advance` does: the platform's moves all accounts' clocks.
   *
   * @throws RangeError if the time lies in the past.
   */
  advance(to: Date): void;
  /**
   * Plays a scenario in this account, as `Sandbox.play` does.
   *
   * @throws StripeError for what is unknown or does not fit.
   */
  play<Name extends ScenarioName>(name: Name, options: PlayOptions): Promise<Played<Name>>;
  /** The sandbox's own clock, which stamps events and `Date` headers. */
  now(): Date;
  /**
   * Runs one action at the present time. Actions are synchronous, so they never interleave; the events they
   * emit are handed to webhook delivery when they return. What an action throws (a `StripeError`) is passed
   * on, and the events it had emitted by then (a failed charge, say) are still delivered.
   */
  mutate<T>(action: (world: World, ctx: Context) => T, request?: Context["request"]): T;
};
