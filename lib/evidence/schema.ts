import { z } from 'zod';
import { EVIDENCE_VERIFICATION_VERSION, type EvidenceVerification } from './evidence-verification';

/** Version of the manifest; a reader refuses any other. */
export const EVIDENCE_VERSION = 1;

/** A name below the folder, in `/`: it can never lead out of it. */
const NAME = /^(?!\.{1,2}(\/|$))[^/\\\p{Cc}]+(\/(?!\.{1,2}(\/|$))[^/\\\p{Cc}]+)*$/u;

const file = z.strictObject({
  name: z.string().regex(NAME, 'must be a name below the folder').describe('Name of the file below the folder.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of its bytes, in hexadecimal.'),
  bytes: z.int().min(0).describe('Its length.'),
});

/** `manifest.json` of an evidence folder. */
export const manifestSchema = z.strictObject({
  version: z.literal(EVIDENCE_VERSION).describe('Version of this document.'),
  files: z.array(file).describe('Every file of the folder but the manifest, in the order of their names.'),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestEntry = Manifest['files'][number];

const count = z.int().min(0);

const checkedFile = z.strictObject({
  name: z.string(),
  result: z.enum(['intact', 'changed', 'missing', 'extra']),
  expected: z.string().exactOptional().describe('SHA-256 that the manifest records.'),
  found: z.string().exactOptional().describe('SHA-256 of what is there.'),
});

const link = z.strictObject({
  id: z.enum([
    'seal',
    'inputs',
    'config',
    'config-content',
    'config-sum',
    'verification',
    'operator-verification',
    'verified-config',
    'operator-verified-config',
  ]),
  title: z.string(),
  result: z
    .enum(['same', 'different', 'not-said', 'not-there'])
    .describe('not-there: nothing to compare; not-said: one does not say which stack it is about.'),
  at: z.string().exactOptional().describe('Where the first difference is.'),
  expected: z.string().exactOptional(),
  found: z.string().exactOptional(),
});

const stated = z.strictObject({
  name: z.string(),
  verdict: z.string(),
  simulated: z.literal(true).exactOptional().describe('Present when the answers came from the simulated account.'),
});

/** `vault-env evidence verify --format json`. */
export const evidenceVerificationSchema: z.ZodType<EvidenceVerification> = z.strictObject({
  version: z.literal(EVIDENCE_VERIFICATION_VERSION).describe('Version of this document.'),
  verdict: z.enum(['pass', 'fail']),
  manifestSha256: z.string(),
  counts: z.strictObject({ total: count, intact: count, changed: count, missing: count, extra: count }),
  files: z.array(checkedFile),
  links: z.array(link),
  stated: z.array(stated),
});
