/** This package as reports name it: who judged. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** The commit that it was run or built from, with `-dirty` where files differed from it; missing where none is known. */
  readonly commit?: string;
}

/** `name version (commit)`, for a person. */
export function describeTool({ name, version, commit }: Tool): string {
  return commit === undefined
    ? `${name} ${version}`
    : `${name} ${version} (${commit.replace(/^(.{12})[0-9a-f]*/, '$1')})`;
}
