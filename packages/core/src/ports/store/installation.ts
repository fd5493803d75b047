/** What a database says of itself. */
export interface Installation {
  /** Random, made with the schema: it moves with a dump, and no two databases have the same. */
  readonly id: string;
  /** The app that it belongs to; `null`: none yet. */
  readonly app: string | null;
}

/** What a store tells of its own database, and to whom that belongs. */
export interface Installations {
  readInstallation(): Promise<Installation>;
  /** Gives the database to this app if it belongs to none yet; gives what is stored then. */
  bindInstallation(app: string): Promise<Installation>;
}
