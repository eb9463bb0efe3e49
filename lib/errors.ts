/**
 * An error that a person can act on: one line that names the subject, the rule, what was received and the fix.
 *
 * A bug stays a plain `Error` and shows its stack. The `code` is PascalCase and stable; callers branch on it, not on text.
 */
export class ToolkitError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A command line that cannot be understood. */
export class UsageError extends ToolkitError {}

/** A problem of one file: where it is, and what is wrong with it. */
export interface Issue {
  readonly file: string;
  /** Dotted path of the key inside the file; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Every problem of every file that was read, reported together; one of a file that many share is said once. */
export class ConfigError extends ToolkitError {
  readonly issues: readonly Issue[];

  constructor(code: string, issues: readonly Issue[]) {
    const said = new Map(issues.map((issue) => [describeIssue(issue), issue]));
    super(code, [...said.keys()].join('\n'));
    this.issues = [...said.values()];
  }
}

/** The problems of all broken files of environments in one error, `BadEnvironment`. */
export function badEnvironments(broken: readonly { readonly issues: readonly Issue[] }[]): ConfigError {
  return new ConfigError(
    'BadEnvironment',
    broken.flatMap(({ issues }) => issues),
  );
}

function describeIssue(issue: Issue): string {
  return issue.path === '' ? `${issue.file}: ${issue.message}` : `${issue.file}: '${issue.path}' ${issue.message}`;
}
