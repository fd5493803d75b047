import type {
  Catalog,
  FoundCustomer,
  MigratedCustomer,
  MigrationBlock,
  MigrationFinding,
  MigrationSkip,
  PriceMigrationPreview,
  SkippedCustomer,
} from "@tollgate/core";

type Block = Omit<MigrationBlock, "customers">;

/** Adds up what was found for each subscription. */
export function createMigrationTally() {
  const found: FoundCustomer[] = [];
  const skipped: SkippedCustomer[] = [];
  const blocks: Block[] = [];
  let unchanged = 0;

  function add(finding: MigrationFinding): void {
    if (finding.kind === "moved") found.push(finding.customer);
    else if (finding.kind === "skipped") skipped.push(finding.customer);
    else if (finding.kind === "blocked") blocks.push(finding.block);
    else unchanged += 1;
  }

  function report(later: {
    readonly catalog: Catalog;
    readonly moved: readonly MigratedCustomer[];
    readonly skipped: readonly SkippedCustomer[];
    readonly differing: readonly SkippedCustomer[];
    readonly blocks: readonly Block[];
  }): PriceMigrationPreview {
    const customers = later.moved;
    const left = [...skipped, ...later.skipped, ...later.differing];
    const isCountedByApp = (feature: string) => later.catalog.features[feature]?.type === "limit";
    const lowered = customers.flatMap(({ access }) =>
      access.filter(({ change, feature }) => change === "lowered" && isCountedByApp(feature)),
    );
    return {
      customers,
      skipped: left,
      counts: { moved: customers.length, unchanged, skipped: countReasons(left) },
      blocked: countBlocks([...blocks, ...later.blocks]),
      overLimitCount: customers.filter(({ overLimit }) => overLimit.length > 0).length,
      uncounted: [...new Set(lowered.map(({ feature }) => feature))],
    };
  }

  return { add, report, found: (): readonly FoundCustomer[] => found };
}

function countReasons(skipped: readonly SkippedCustomer[]): PriceMigrationPreview["counts"]["skipped"] {
  const counts = new Map<MigrationSkip, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function countBlocks(blocks: readonly Block[]): readonly MigrationBlock[] {
  const counts = new Map<string, MigrationBlock>();
  for (const block of blocks) {
    const key = JSON.stringify(Object.entries(block).sort());
    counts.set(key, { ...block, customers: (counts.get(key)?.customers ?? 0) + 1 });
  }
  return [...counts.values()];
}
