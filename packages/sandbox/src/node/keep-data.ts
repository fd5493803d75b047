import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { formatVersion, type SandboxState } from "../sandbox/sandbox-state.js";

/** How soon after a change the state is written, in milliseconds; changes until then are written together. */
const soon = 200;

export type Keeper = {
  /** What was written before, or null. */
  load(): Promise<SandboxState | null>;
  /** Makes sure that the state is written soon. */
  changed(): void;
  /** Writes everything a last time, and nothing from then on. */
  close(): Promise<void>;
};

const isState = (value: unknown): value is SandboxState =>
  typeof value === "object" &&
  value !== null &&
  "accounts" in value &&
  "answers" in value &&
  "dispatcher" in value;

const parse = (text: string, file: string): SandboxState => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is damaged: it is not JSON. Move it away to begin anew.`, { cause });
  }
  const format = typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (typeof format === "number" && format > formatVersion)
    throw new Error(`${file} was written by a newer version of the sandbox (format ${format}).`);
  if (format !== formatVersion || !isState(value))
    throw new Error(`${file} is not a sandbox's state. Move it away to begin anew.`);
  return value;
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/**
 * Keeps a sandbox's state in a folder, as one file that is replaced whole.
 *
 * @param onFailure Called when writing failed, on a full disk, say; the next change tries again.
 */
export const keepData = (
  folder: string,
  state: () => SandboxState,
  onFailure: (error: unknown) => void,
): Keeper => {
  const file = join(resolve(folder), "sandbox.json");
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();
  let closing: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    // Read when its turn comes, so that the file never falls behind what was asked for.
    const text = JSON.stringify(state());
    const draft = `${file}.${process.pid}.tmp`;
    await mkdir(resolve(folder), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, file);
  };

  const writeNow = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const done = writing.then(write);
    writing = done.catch(() => undefined);
    return done;
  };

  return {
    load: async () => {
      try {
        return parse(await readFile(file, "utf8"), file);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    changed: () => {
      if (!closing) timer ??= setTimeout(() => void writeNow().catch(onFailure), soon);
    },
    close: () => {
      closing ??= writeNow();
      return closing;
    },
  };
};
