/**
 * What an answer's paths may name, as the SDK declares it: plain data, written by
 * `scripts/generate-expandable.ts`. Each node names properties with the position of what they lead to.
 */
export type Expandable = { nodes: Record<string, number>[]; answers: Record<string, number> };
