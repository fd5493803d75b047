import type { HealthCheck } from "./health-check.js";

/** What the provider's endpoint for our webhook lacks, by the last look at it: asking now could take long. */
export const checkEndpoint: HealthCheck = ({ context }) => context.endpoint.recall();
