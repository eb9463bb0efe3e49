import { z } from 'zod';
import { auditReportSchema } from '../lib/audit/report/schema';
import { backupEnvironmentSchema } from '../lib/backup-environment/schema';
import type { ListedEnvironment } from '../lib/config/listing';

const version = z.literal(1).describe('Version of this document.');

/** `vault-env emit --format json`. */
export const emissionSchema = z.strictObject({
  version,
  files: z.array(z.string()).describe('The files that were written.'),
  removed: z
    .array(z.string())
    .exactOptional()
    .describe('Files that an earlier emit wrote for the host, and this one does not.'),
  backupEnvironment: backupEnvironmentSchema,
});

/** `vault-env verifier --format json`. */
export const verifierSchema = z.strictObject({ version, file: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** `vault-env audit <folder> --format json`. */
export const auditsSchema = z.strictObject({
  version,
  reports: z.array(auditReportSchema),
  outcomes: z
    .partialRecord(z.enum(['pass', 'fail', 'unknown', 'error']), z.int().min(1))
    .describe('How many stacks came out how.'),
});

const listed: z.ZodType<ListedEnvironment> = z.strictObject({
  name: z.string(),
  isSynthesized: z.boolean().describe('Whether a stack of that name is in the output folder.'),
  isEmitted: z.boolean().describe('Whether a config of that name was emitted.'),
  verification: z
    .strictObject({ verdict: z.string(), isSimulated: z.literal(true).exactOptional() })
    .exactOptional()
    .describe('The last verification as the host, by its evidence.'),
  account: z.string().exactOptional(),
  region: z.string().exactOptional(),
  bucket: z.string().exactOptional(),
  encryption: z.string().exactOptional(),
  host: z.string().exactOptional(),
  problem: z.string().exactOptional().describe('The problem of the file; the others are then missing.'),
});

/** `vault-env list --format json`. */
export const listingSchema = z.strictObject({ version, environments: z.array(listed) });
