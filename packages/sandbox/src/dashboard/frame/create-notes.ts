/** What a page says after an action. */
export type Note = {
  tone: "bad" | "good";
  text: string;
  /** The ids of the events that it caused, in order. */
  events?: string[];
  /** What was done, in words and in order. */
  steps?: string[];
  /** The ids of the objects that it was about. */
  about?: string[];
};

/** Notes by a token in the address, so that an address alone can put no words into a page. */
export type Notes = {
  keep(note: Note): string;
  find(token: string | undefined): Note | undefined;
};

const most = 200;

/** Keeps the latest notes; they are of no use after that. */
export const createNotes = (): Notes => {
  const notes = new Map<string, Note>();
  let last = 0;
  return {
    keep: (note) => {
      const token = `n${++last}`;
      notes.set(token, note);
      notes.delete(`n${last - most}`);
      return token;
    },
    find: (token) => (token === undefined ? undefined : notes.get(token)),
  };
};
