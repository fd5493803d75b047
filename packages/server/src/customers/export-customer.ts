import { type CustomerDocument, type ExportPage, type ExportSection, exportSections } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** Everything that is stored of a customer, not read yet. */
export interface CustomerExport {
  /** As one JSON document, read while it is sent: for a response, or a file. In UTF-8. */
  readonly stream: () => ReadableStream<Uint8Array>;
  /** The same document, whole in memory. */
  readonly json: () => Promise<CustomerDocument>;
}

/** However much somebody has, no more than this is held in memory. */
const pageSize = 500;

export function exportCustomer(context: BillingContext, customerId: string): CustomerExport {
  const stream = () => toStream(writeDocument(context, customerId));
  return { stream, json: () => new Response(stream()).json() };
}

/** Reads on only when somebody takes what was read. */
function toStream(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await texts.return(undefined)),
  });
}

async function* writeDocument(context: BillingContext, customerId: string): AsyncGenerator<string> {
  const head = JSON.stringify({ customerId, exportedAt: context.clock().toISOString() });
  yield head.slice(0, -1);
  for (const section of exportSections) {
    yield `,${JSON.stringify(section)}:[`;
    yield* writeSection(context, customerId, section);
    yield "]";
  }
  yield "}";
}

async function* writeSection(
  { store }: BillingContext,
  customerId: string,
  section: ExportSection,
): AsyncGenerator<string> {
  let after: string | null = null;
  let separator = "";
  do {
    const page: ExportPage = await store.exportCustomer({ customerId, section, after, limit: pageSize });
    if (page.records.length > 0) yield separator + page.records.map((one) => JSON.stringify(one)).join(",");
    separator = ",";
    after = page.next;
  } while (after !== null);
}
