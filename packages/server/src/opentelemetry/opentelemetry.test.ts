import { context, metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTelemetry } from "./index.js";

const spans = new InMemorySpanExporter();
const numbers = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: numbers, exportIntervalMillis: 3_600_000 });
const telemetry = openTelemetry();

// After `openTelemetry()`, as in an app that sets its SDK up late.
beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
});
afterAll(async () => {
  await reader.shutdown();
  trace.disable();
  metrics.disable();
  context.disable();
});
beforeEach(() => spans.reset());

test("a call to the provider is a client span within the span of the request", async () => {
  const answer = await telemetry.trace(
    "tollgate POST /checkout",
    { "http.request.method": "POST" },
    (span) => {
      span.set({ "http.response.status_code": 200 });
      return telemetry.trace("tollgate.provider.checkout.open", {}, async () => "done");
    },
  );
  expect(answer).toBe("done");
  const [inner, outer] = spans.getFinishedSpans();
  expect(outer).toMatchObject({
    name: "tollgate POST /checkout",
    kind: SpanKind.SERVER,
    attributes: { "http.request.method": "POST", "http.response.status_code": 200 },
  });
  expect(inner).toMatchObject({ name: "tollgate.provider.checkout.open", kind: SpanKind.CLIENT });
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
});

test("a failure rises, and its span gives its name without its message", async () => {
  const failing = telemetry.trace("tollgate.callback", {}, async () => {
    throw new TypeError("sk_test_secret is wrong");
  });
  await expect(failing).rejects.toThrow("sk_test_secret");
  const [span] = spans.getFinishedSpans();
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: "TypeError" });
  expect(JSON.stringify(span?.events)).not.toContain("sk_test");
});

test("counters add up, histograms keep their unit, and gauges show the last value", async () => {
  telemetry.measure("tollgate.webhook.events", 1, { state: "applied" });
  telemetry.measure("tollgate.webhook.events", 2, { state: "applied" });
  telemetry.measure("tollgate.request.duration", 0.25, { route: "/access" });
  for (const age of [90, 30]) telemetry.measure("tollgate.drift.age", age, { "tollgate.provider": "stripe" });
  await reader.forceFlush();
  const measured =
    numbers
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
  const byName = Object.fromEntries(measured.map((one) => [one.descriptor.name, one]));
  expect(byName["tollgate.webhook.events"]?.dataPoints[0]?.value).toBe(3);
  expect(byName["tollgate.request.duration"]?.descriptor.unit).toBe("s");
  expect(byName["tollgate.request.duration"]?.dataPoints[0]?.value).toMatchObject({ count: 1, sum: 0.25 });
  expect(byName["tollgate.drift.age"]?.dataPoints[0]?.value).toBe(30);
});
