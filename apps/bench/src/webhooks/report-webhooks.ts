import { formatRatio, judge, toTable } from "../run/table.js";
import type { ContenderName } from "./contender.js";
import type { WebhookResult } from "./webhook-result.js";

const labels = {
  floor: "the floor: `pg`, one statement",
  ours: "Tollgate",
  "floor-callbacks": "the floor with callbacks: the same, an outbox and a worker",
  callbacks: "Tollgate, a callback for every event",
  rereads: "Tollgate, every event read again at the provider",
  "sync-engine": "`@supabase/stripe-sync-engine` 0.48.5",
  "better-auth": "`@better-auth/stripe` 1.7.6",
} satisfies Record<ContenderName, string>;

const peers = ["sync-engine", "better-auth"] as const;

/** Ratios first, then what they are made from. */
export function reportWebhooks(results: readonly WebhookResult[], rounds: number): string {
  const names = Object.keys(results[0]?.perSecond ?? {}) as ContenderName[];
  const at = (unit: string) =>
    results.map(({ clients }) => `${unit}, ${clients} client${clients > 1 ? "s" : ""}`);
  const rows = names.map((name) => [
    labels[name],
    ...results.map(({ perSecond }) => formatRatio((perSecond[name] ?? Number.NaN) / (perSecond.floor ?? 1))),
    ...results.map(({ perSecond }) => Math.round(perSecond[name] ?? 0).toString()),
    ...results.map(({ cpu, databaseCpu }) =>
      [cpu[name], databaseCpu[name]].map((time) => Math.round(time ?? 0)).join(" + "),
    ),
  ]);
  const head = ["", ...at("of the floor"), ...at("events/s"), ...at("CPU µs per event, serving + Postgres")];
  return [targets(results), toTable(head, rows), `Medians of ${rounds} interleaved rounds.`].join("\n\n");
}

function targets(results: readonly WebhookResult[]): string {
  const rows = results.flatMap(({ clients, perSecond }) => {
    const { ours, floor, callbacks } = perSecond;
    const best = Math.max(...peers.map((name) => perSecond[name] ?? 0));
    const row = (label: string, one = Number.NaN, other = Number.NaN, target = 0) =>
      Number.isNaN(one / other) || other === 0
        ? []
        : [
            [
              `${label}, ${clients} client${clients > 1 ? "s" : ""}`,
              formatRatio(one / other),
              `at least ${target}`,
              judge(one / other, target, "more"),
            ],
          ];
    return [
      ...row("events/s of the floor", ours, floor, clients === 1 ? 0.7 : 0.85),
      ...row("events/s of the best peer", ours, best, 2),
      ...row("with a callback, of the floor with callbacks", callbacks, perSecond["floor-callbacks"], 0.5),
    ];
  });
  return toTable(["Tollgate", "ratio", "target", "met"], rows);
}
