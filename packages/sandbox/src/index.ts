export type { Permission } from "./engine/world/permissions.js";
export type { StripeEvent } from "./engine/world/wire.js";
export type { SeedData } from "./node/apply-seed.js";
export { type StartOptions, startSandbox } from "./node/start-sandbox.js";
export type { LoggedRequest } from "./requests/logged-request.js";
export type { Problems, UntakenWebhook } from "./requests/problems.js";
export { createSandbox } from "./sandbox/create-sandbox.js";
export type { Sandbox } from "./sandbox/sandbox.js";
export type {
  ChaosOptions,
  RestrictedKeyOptions,
  SandboxOptions,
  WebhookTarget,
} from "./sandbox/sandbox-options.js";
export type { PayOptions } from "./sandbox/typed-payer.js";
export type { Played, PlayedIds, PlayOptions } from "./scenarios/played.js";
export { type ScenarioName, scenarioNames } from "./scenarios/scenarios.js";
export type { Fault } from "./webhooks/decide-fate.js";
export type { Attempt, Delivery } from "./webhooks/delivery.js";
export type { Scheduler } from "./webhooks/scheduler.js";
