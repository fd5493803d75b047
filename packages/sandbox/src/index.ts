export { createSandbox, type Sandbox, type SandboxOptions, type WebhookTarget } from "./create-sandbox.js";
export type { StripeEvent } from "./engine/wire.js";
export { type StartOptions, startSandbox } from "./start-sandbox.js";
export type { Attempt, Delivery } from "./webhooks/delivery.js";
export type { Scheduler } from "./webhooks/scheduler.js";
