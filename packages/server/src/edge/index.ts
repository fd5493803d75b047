export { type EdgeAccess, type EdgeTokenOptions, verifyEdgeToken } from "./verify-edge-token.js";
