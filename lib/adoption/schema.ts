import { z } from 'zod';
import { appliedWaiverSchema } from '../audit/report/schema';
import { ADOPTABLE } from '../config/adoptable';
import { endpointSchema } from '../verify/result/schema';
import { ADOPTION_VERSION, type Adoption, VERDICTS } from './adoption';

const things = z.array(z.enum(ADOPTABLE));

const item = z.strictObject({
  id: z.string().describe('Address and word; what an accept entry names.'),
  verdict: z.enum(VERDICTS),
  was: z.string(),
  is: z.string(),
  detail: z.string(),
  keep: z
    .record(z.string(), z.unknown())
    .exactOptional()
    .describe('Values that keep it as it is, by the dotted path of their key in the environment file.'),
  accepted: appliedWaiverSchema.exactOptional(),
});

const group = z.strictObject({
  method: z.string(),
  keyArn: z.string().exactOptional(),
  bucketKey: z.boolean(),
  archive: z.string().exactOptional().describe('Where nobody reads them before a restore, as in GLACIER.'),
  count: z.int(),
  example: z.string(),
});

/** The result of `vault-env adopt` as a document. */
export const adoptionSchema: z.ZodType<Adoption> = z.strictObject({
  version: z.literal(ADOPTION_VERSION).describe('Version of this document.'),
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  bucket: z.string(),
  verdict: z.enum(['pass', 'fail']).describe('fail while something is in the way, or lost and not accepted.'),
  operator: z.string().describe('ARN of whoever read.'),
  simulated: z.literal(true).exactOptional(),
  exists: things.describe('What exists, whether the file names it or not.'),
  imports: things.describe('What exists and is taken over.'),
  makes: things.describe('What is not there and is made.'),
  items: z.array(item).describe('Worst first.'),
  objects: z
    .strictObject({
      listedVersions: z.int(),
      isCutOff: z.boolean().describe('Whether there are more that were not listed.'),
      sampled: z.int(),
      groups: z.array(group),
    })
    .exactOptional(),
  described: z
    .strictObject({
      policy: z.string().exactOptional(),
      versioning: z.string().exactOptional(),
      objectOwnership: z.string().exactOptional(),
      tags: z.record(z.string(), z.string()),
      lifecycleRules: z.array(z.record(z.string(), z.unknown())),
      objects: z.array(
        z.strictObject({
          key: z.string(),
          method: z.string(),
          keyArn: z.string().exactOptional(),
          bucketKey: z.boolean(),
        }),
      ),
    })
    .exactOptional()
    .describe('The bucket of today, for rehearse --described.'),
  doubts: z.array(z.string()).describe('Why the answers may not be those of AWS.'),
  answeredBy: z.array(endpointSchema),
  notAssessed: z.array(z.string()),
  warnings: z.array(z.string()),
});
