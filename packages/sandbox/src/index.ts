export type { SeedData } from "./apply-seed.js";
export { createSandbox } from "./create-sandbox.js";
export type { Permission } from "./engine/world/permissions.js";
export type { StripeEvent } from "./engine/world/wire.js";
export type { PayOptions } from "./pay-session.js";
export type { Sandbox } from "./public-sandbox.js";
export type {
  ChaosOptions,
  RestrictedKeyOptions,
  SandboxOptions,
  WebhookTarget,
} from "./sandbox-options.js";
export { type StartOptions, startSandbox } from "./start-sandbox.js";
export type { Fault } from "./webhooks/decide-fate.js";
export type { Attempt, Delivery } from "./webhooks/delivery.js";
export type { Scheduler } from "./webhooks/scheduler.js";
