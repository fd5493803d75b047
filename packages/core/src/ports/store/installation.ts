/** What a database says about itself. */
export interface Installation {
  /** Random, made with the schema: it moves with a dump, and no two databases have the same. */
  readonly id: string;
  /** The app that it belongs to; `null`: none yet. */
  readonly app: string | null;
}

/** What a store says about its own database, and whose that is. */
export interface Installations {
  readInstallation(): Promise<Installation>;
  /** Gives the database to this app if it belongs to none yet; returns what is stored afterwards. */
  bindInstallation(app: string): Promise<Installation>;
}
