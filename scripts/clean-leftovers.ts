import type { BackupEnvironment } from '../lib/backup-environment';
import type { ExitCode } from '../lib/cli/io';
import { UsageError } from '../lib/errors';
import { awsSurroundings } from './aws-surroundings';
import { type Context, printJson } from './verb';

/** The options of `verify` for cleaning alone. */
export interface CleaningChoice {
  readonly clean: boolean;
  readonly olderThan: number;
}

type CleaningFormat = 'text' | 'json';

const DEFAULT_MINUTES = 60;

/** The options of `verify` that cleaning adds. */
export const CLEANING_OPTIONS = {
  clean: {
    type: 'boolean',
    default: false,
    describe: 'Only remove what earlier runs left in the bucket, without verifying',
  },
  'older-than': {
    type: 'number',
    requiresArg: true,
    default: DEFAULT_MINUTES,
    describe:
      'With --clean: only remove leftovers older than this many minutes, so that a run in progress is not disturbed',
  },
} as const;

/** @throws {UsageError} `BadArguments`, for a format of verification alone */
export function cleaningFormat(format: string): CleaningFormat {
  if (format === 'text' || format === 'json') return format;
  throw new UsageError('BadArguments', `'--format' must be text or json with --clean, got: ${format}`);
}

/** Removes leftovers: 0 when none is left, 1 when some could not be removed. */
export async function cleanConfig(
  config: BackupEnvironment,
  olderThanMs: number,
  { io, env, signal, format }: Context & { readonly format: CleaningFormat },
): Promise<ExitCode> {
  const { connectAws } = require('../lib/aws/connect') as typeof import('../lib/aws/connect');
  const { cleanLeftovers } =
    require('../lib/verify/cleanup/clean-leftovers') as typeof import('../lib/verify/cleanup/clean-leftovers');
  const { renderCleaningText } =
    require('../lib/verify/cleanup/cleaning-text') as typeof import('../lib/verify/cleanup/cleaning-text');
  const aws = connectAws({ region: config.aws.region, ...awsSurroundings(env, config) });
  try {
    const cleaning = await cleanLeftovers({ config, aws, now: () => new Date(), olderThanMs, signal });
    if (format === 'json') printJson(io, cleaning);
    else io.result(renderCleaningText(cleaning));
    return cleaning.leftovers.length === 0 ? 0 : 1;
  } finally {
    aws.close();
  }
}
