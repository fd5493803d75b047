/** An endpoint at the provider, to which it sends events. */
export interface WebhookEndpoint {
  /** The provider's id: `we_…`. */
  readonly id: string;
  readonly enabled: boolean;
  /** The provider's own names of the events that Tollgate needs and this one does not receive. */
  readonly missingTypes: readonly string[];
  /** The API version that it writes events in; `null` where that is not known. */
  readonly version: string | null;
  /** The API version that it should use. */
  readonly wantedVersion: string;
}
