/** What `init` asks about the host of a new environment, and what its file then says. */
export interface NewHostKind<Flag extends string = string> {
  /** What is asked, by its flag. */
  readonly flags: Readonly<Record<Flag, string>>;
  /** How such a host gets the role. */
  readonly comment: string;
  /** Lines of the file below its kind. */
  readonly lines: (answer: (flag: Flag) => string) => readonly string[];
}
