import type { FleetOptions } from '../lib/evidence/fleet/summarize-fleet';
import type { SummaryFormat } from '../lib/summary/render';

/** The options of `evidence summary`. */
export const FLEET_OPTIONS = {
  environments: {
    type: 'string',
    normalize: true,
    requiresArg: true,
    describe: 'summary: folder of environment files, each of which must then have evidence',
  },
  require: {
    choices: ['verification', 'operator'] as const,
    array: true,
    default: [],
    describe: 'summary: what every environment must have beside its audit',
  },
  soon: {
    type: 'number',
    requiresArg: true,
    default: 30,
    describe: 'summary: tell waivers that end within so many days',
  },
  'as-of': {
    type: 'string',
    requiresArg: true,
    describe: 'summary: day that ages are counted to, as YYYY-MM-DD [default: today]',
  },
  out: { type: 'string', requiresArg: true, describe: 'summary: file to write the page to' },
} as const;

export interface FleetChoice {
  readonly folders: readonly string[];
  readonly environments?: string | undefined;
  readonly require: readonly FleetOptions['required'][number][];
  readonly soon: number;
  readonly asOf?: string | undefined;
  readonly out?: string | undefined;
  readonly format: SummaryFormat;
}
