export type { DeniedCheck } from "./decide-way-out.js";
export type { GateClassNames } from "./gate-class-names.js";
export { UpgradeGate, type UpgradeGateProps } from "./upgrade-gate.js";
export type { UpgradeGateMessages } from "./upgrade-gate-messages.js";
