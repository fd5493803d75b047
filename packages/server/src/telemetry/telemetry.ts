/** What tells spans and measurements apart; never a secret, a token, an email or card data. */
export type TelemetryAttributes = Readonly<Record<string, string | number | boolean>>;

/** Something that takes time; more attributes can be set until it is over. */
export interface Span {
  set(attributes: TelemetryAttributes): void;
}

/** What Tollgate counts and measures, with the unit. */
export interface Metrics {
  /** Requests answered, by route, method and status: their duration in seconds. */
  readonly "tollgate.request.duration": "histogram";
  /** Webhook events dealt with, by provider, type and what became of them. */
  readonly "tollgate.webhook.events": "counter";
  /** From the provider's own time of an event to our answer, in seconds. */
  readonly "tollgate.webhook.lag": "histogram";
  /** Callbacks run, by type and outcome. */
  readonly "tollgate.callback.runs": "counter";
  /** Background jobs run, by type and outcome. */
  readonly "tollgate.job.runs": "counter";
  /** Differences that reconciling found, by cause and whether they were repaired. */
  readonly "tollgate.reconcile.differences": "counter";
  /** How old a difference can be at most that nothing has found yet, by provider, in seconds. */
  readonly "tollgate.drift.age": "gauge";
}

/** The name of something that is counted or measured. */
export type Metric = keyof Metrics;

/**
 * Where Tollgate reports what it does and how long it takes; `openTelemetry()` from
 * `@tollgate/server/opentelemetry` is one. It must not throw.
 */
export interface Telemetry {
  /** Runs `work` within a span; what it throws is recorded and rises. */
  trace<T>(name: string, attributes: TelemetryAttributes, work: (span: Span) => Promise<T>): Promise<T>;
  /** Adds `value` to a counter, records it in a histogram, or says what a gauge shows from now on. */
  measure(metric: Metric, value: number, attributes: TelemetryAttributes): void;
}

const deafSpan: Span = { set: () => undefined };

/** Reports to nobody. */
export const noTelemetry: Telemetry = {
  trace: (_name, _attributes, work) => work(deafSpan),
  measure: () => undefined,
};
