export type { TestableBilling, TestTimeline, TimeStep } from "./create-timeline.js";
export { startTestBilling, type TestBilling, type TiedOptions } from "./start-test-billing.js";
export type { StartSandbox, TestSandbox } from "./test-sandbox.js";
