import { metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Metric, Metrics, Telemetry } from "../telemetry/telemetry.js";

const scope = "@tollgate/server";

const described = {
  "tollgate.request.duration": { kind: "histogram", unit: "s", description: "Duration of billing requests" },
  "tollgate.webhook.events": { kind: "counter", unit: "{event}", description: "Webhook events dealt with" },
  "tollgate.webhook.lag": {
    kind: "histogram",
    unit: "s",
    description: "From the provider's time of an event to the answer",
  },
  "tollgate.callback.runs": { kind: "counter", unit: "{run}", description: "Callbacks run" },
  "tollgate.job.runs": { kind: "counter", unit: "{run}", description: "Background jobs run" },
  "tollgate.reconcile.differences": {
    kind: "counter",
    unit: "{difference}",
    description: "Differences between the store and the provider",
  },
  "tollgate.drift.age": {
    kind: "gauge",
    unit: "s",
    description: "How old a difference can be that nothing has found yet",
  },
} as const satisfies {
  readonly [M in Metric]: { readonly kind: Metrics[M]; readonly unit: string; readonly description: string };
};

/**
 * Reports spans and metrics through OpenTelemetry, to whatever SDK your app has set up; without one,
 * nothing is recorded. Spans are `tollgate GET /access`, `tollgate.webhook`, `tollgate.callback` and
 * `tollgate.provider.*`. Needs `@opentelemetry/api`.
 *
 * @example
 * import { openTelemetry } from "@tollgate/server/opentelemetry";
 * const telemetry = openTelemetry(); // createBilling({ telemetry, … })
 */
export function openTelemetry(): Telemetry {
  const record = createRecorder();
  return {
    trace(name, attributes, work) {
      // Asked for each time: an app may set its SDK up after its modules have been loaded.
      const tracer = trace.getTracer(scope);
      return tracer.startActiveSpan(name, { attributes, kind: kindOf(name) }, async (span) => {
        try {
          return await work({ set: (more) => void span.setAttributes(more) });
        } catch (error) {
          // The name alone: a message may come from anywhere.
          span.setStatus({
            code: SpanStatusCode.ERROR,
            message: error instanceof Error ? error.name : "Error",
          });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    measure: record,
  };
}

function kindOf(name: string): SpanKind {
  if (name.startsWith("tollgate.provider.")) return SpanKind.CLIENT;
  return name.startsWith("tollgate ") ? SpanKind.SERVER : SpanKind.INTERNAL;
}

/** Instruments are made at the first measurement, for the same reason. */
function createRecorder(): Telemetry["measure"] {
  const instruments = new Map<
    Metric,
    (value: number, attributes: Readonly<Record<string, string | number | boolean>>) => void
  >();
  return (metric, value, attributes) => {
    let record = instruments.get(metric);
    if (record === undefined) {
      const { kind, ...options } = described[metric];
      const meter = metrics.getMeter(scope);
      const counter = kind === "counter" ? meter.createCounter(metric, options) : null;
      const histogram = kind === "histogram" ? meter.createHistogram(metric, options) : null;
      const gauge = kind === "gauge" ? meter.createGauge(metric, options) : null;
      record = (amount, labels) => {
        gauge?.record(amount, labels);
        counter?.add(amount, labels);
        histogram?.record(amount, labels);
      };
      instruments.set(metric, record);
    }
    record(value, attributes);
  };
}
