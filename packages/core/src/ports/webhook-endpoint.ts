/** An endpoint at the provider, to which it sends events. */
export interface WebhookEndpoint {
  /** The provider's id: `we_…`. */
  readonly id: string;
  readonly enabled: boolean;
  /** The provider's own names of the events that Tollgate needs and this one does not hear. */
  readonly missingTypes: readonly string[];
  /** In which API version it writes events; `null` where that is not told. */
  readonly version: string | null;
  /** In which it should. */
  readonly wantedVersion: string;
}
