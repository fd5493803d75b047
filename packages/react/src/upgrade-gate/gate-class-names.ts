/** Your own classes, by the part that they go on. */
export interface GateClassNames {
  readonly panel?: string;
  readonly title?: string;
  readonly reason?: string;
  readonly action?: string;
  readonly note?: string;
}
