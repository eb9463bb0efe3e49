/** Variables of a process. They come in as an argument: only `stacks/main.ts` and the command line read their own. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;
