import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isHash } from "../rooms/fill-rows.js";
import { findNewer } from "../sandbox/find-newer.js";
import { formatVersion, type KeptState, type SandboxState } from "../sandbox/sandbox-state.js";

/** How soon after a change the state is written, in milliseconds; changes until then are written together. */
const soon = 200;

export type Keeper = {
  /** What was written before, or null. Until `begin`, nothing is written, so that a refused folder stays as it is. */
  load(): Promise<KeptState | null>;
  /** What was kept is in use: from now on the state is written. */
  begin(): void;
  /** Makes sure that the state is written soon. */
  changed(): void;
  /** Writes everything a last time, and nothing from then on. */
  close(): Promise<void>;
};

const isState = (value: Record<string, unknown>): value is KeptState => isHash(value.accounts);

const newer = (file: string, has: string): Error =>
  new Error(
    `${file} was written by a newer version of the sandbox: it has ${has}, which this version does not know. ` +
      "It was left as it is. Open it with the newer version, or move it away to begin anew.",
  );

const parse = (text: string, file: string): KeptState => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is damaged: it is not JSON. Move it away to begin anew.`, { cause });
  }
  const format = isHash(value) ? value.format : undefined;
  if (typeof format === "number" && format > formatVersion) throw newer(file, `format ${format}`);
  if (!isHash(value) || typeof format !== "number" || !isState(value))
    throw new Error(`${file} is not a sandbox's state. Move it away to begin anew.`);
  const strange = findNewer(value);
  if (strange !== undefined) throw newer(file, strange);
  if (format < formatVersion)
    throw new Error(
      `${file} was written by an earlier version of the sandbox, in a form (${format}) that is no longer read. ` +
        "It was left as it is. Open it with the earlier version, or move it away to begin anew.",
    );
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
  let begun = false;

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

  const changed = (): void => {
    if (begun && !closing) timer ??= setTimeout(() => void writeNow().catch(onFailure), soon);
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
    begin: () => {
      begun = true;
      changed();
    },
    changed,
    close: () => {
      closing ??= writeNow();
      return closing;
    },
  };
};
