import { z } from 'zod';

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
