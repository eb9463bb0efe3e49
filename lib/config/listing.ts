import { fitLines, fitTable } from '../fit-text';
import { visibleJson } from '../visible';

/** How far an environment has come. */
export interface ReachedState {
  /** Whether a stack of that name is in the output folder. */
  readonly isSynthesized: boolean;
  /** Whether a config of that name was emitted. */
  readonly isEmitted: boolean;
  /** What the last verification as the host came to, as its evidence says. */
  readonly verification?: { readonly verdict: string; readonly isSimulated?: true };
}

/** One environment as a list shows it: what its file says, or that the file is broken. */
export interface ListedEnvironment extends ReachedState {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly bucket?: string;
  readonly encryption?: string;
  readonly host?: string;
  /** The problem of the file; the others are then missing. */
  readonly problem?: string;
}

/** Where an environment is synthesized to, and from. */
export interface ListedPlace {
  readonly stackFolder: string;
  /** The files that the stack is made from, as seen from its folder. */
  readonly madeFrom: readonly string[];
}

interface ListingLayout {
  /** Width of the screen, in characters. */
  readonly columns: number;
  readonly place: (name: string) => ListedPlace;
}

export type ListingFormat = 'text' | 'json' | 'names' | 'github-matrix' | 'gitlab' | 'atlantis';

/** Each i-th of n environments, so that n jobs share a fleet. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The part of a fleet that one job takes; every name is in exactly one shard. */
export function inShard<Item>(items: readonly Item[], { index, count }: Shard): readonly Item[] {
  return items.filter((_, position) => position % count === index - 1);
}

/** The list as a person or a pipeline reads it. */
export function renderListing(
  environments: readonly ListedEnvironment[],
  format: ListingFormat,
  { columns, place }: ListingLayout,
): string {
  const names = environments.map(({ name }) => name);
  switch (format) {
    case 'text':
      return tableOf(environments, columns);
    case 'json':
      return visibleJson({ version: 1, environments });
    case 'names':
      return lines(names);
    case 'github-matrix':
      return lines([JSON.stringify({ environment: names })]);
    case 'gitlab':
      return lines(['parallel:', '  matrix:', `    - ENVIRONMENT: ${JSON.stringify(names)}`]);
    case 'atlantis':
      return lines(['version: 3', 'projects:', ...names.flatMap((name) => atlantisProject(name, place(name)))]);
  }
}

/** @see https://www.runatlantis.io/docs/repo-level-atlantis-yaml.html */
function atlantisProject(name: string, { stackFolder, madeFrom }: ListedPlace): readonly string[] {
  return [
    `  - name: ${JSON.stringify(name)}`,
    `    dir: ${JSON.stringify(stackFolder)}`,
    '    autoplan:',
    `      when_modified: ${JSON.stringify(madeFrom)}`,
  ];
}

const HEADS = ['environment', 'account', 'region', 'bucket', 'encryption', 'host', 'state'];

function tableOf(environments: readonly ListedEnvironment[], columns: number): string {
  return fitLines(lines(fitTable(HEADS, environments.map(cellsOf), columns)), columns);
}

function cellsOf({ name, problem, ...rest }: ListedEnvironment): readonly string[] {
  if (problem !== undefined) return [name, problem];
  const { account = '', region = '', bucket = '', encryption = '', host = '' } = rest;
  return [name, account, region, bucket, encryption, host, furthestOf(rest)];
}

function furthestOf({ isSynthesized, isEmitted, verification }: ReachedState): string {
  if (verification !== undefined) {
    return `verify: ${verification.verdict}${verification.isSimulated ? ', simulated' : ''}`;
  }
  if (isEmitted) return 'emitted';
  return isSynthesized ? 'synthesized' : '-';
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
