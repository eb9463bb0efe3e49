import { z } from 'zod';
import { decidingStatementSchema } from '../../audit/policies/schema';
import { toolSchema } from '../../tool-schema';
import { VERIFICATION_VERSION, type Verification } from './verification';

const count = z.int().min(0);
const milliseconds = z.number().min(0);
const result = z.enum(['pass', 'fail', 'inconclusive']);

const observation = z.strictObject({
  call: z.string().describe("AWS's name of the operation, with what is special about it."),
  answer: z.string().describe("AWS's error code, OK, or the value that was looked for."),
  status: z.int().exactOptional().describe('HTTP status; missing when no response arrived.'),
  requestId: z.string().exactOptional(),
  message: z.string().exactOptional().describe("AWS's own words, where the call was refused."),
});

const diagnosis = z.strictObject({
  id: z.string().describe('Pattern that the evidence fits.'),
  cause: z.string(),
  fix: z.string(),
  inVault: z.string().exactOptional().describe('What Vault shows for the same trouble.'),
});

const drift = z.strictObject({
  kind: z.enum(['gained', 'lost', 'widened', 'narrowed', 'moved']),
  caller: z.string(),
  actions: z.array(z.string()),
  on: z.array(z.string()).describe('Kinds of resource, in words.'),
  example: z.string().describe('ARN of one resource that was asked about.'),
  when: z
    .array(z.strictObject({ facet: z.string(), only: z.array(z.string()) }))
    .describe('The plainest circumstances in which the answers differ.'),
  by: z.array(decidingStatementSchema).describe("The environment's statements that decide now."),
});

const check = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['positive', 'negative', 'configuration']),
  controls: z.array(z.string()).exactOptional().describe('Controls that it is evidence for.'),
  result,
  expected: z.string(),
  observed: z.array(observation),
  detail: z.string(),
  drift: z.array(drift).exactOptional().describe('How effective permissions differ from the audited ones.'),
  diagnoses: z.array(diagnosis).exactOptional().describe('Likely causes, where the result is not a pass.'),
  lookAt: z.string().exactOptional(),
  attempts: count,
  durationMs: milliseconds.describe('Time of the last attempt.'),
});

export const leftoverSchema = z.strictObject({
  bucket: z.string().exactOptional().describe("Another bucket than the environment's, which had to refuse it."),
  kind: z.enum(['version', 'delete-marker', 'object', 'upload']),
  key: z.string(),
  versionId: z.string().exactOptional(),
  uploadId: z.string().exactOptional(),
  reason: z.string(),
  command: z
    .string()
    .exactOptional()
    .describe('With which an operator removes it; missing where Object Lock lets nobody do so yet.'),
});

export const endpointSchema = z.strictObject({
  service: z.string(),
  url: z.string().describe('Scheme, name and port, as the SDK resolved them.'),
  address: z.string().exactOptional().describe('IP address at the other end; that of the proxy, where there is one.'),
  issuer: z.string().exactOptional().describe('Who issued the certificate that was shown.'),
  isAws: z.boolean().describe("Whether the name is one of AWS's."),
});

export const lockedSchema = z.strictObject({
  versions: count.describe('How many versions stay.'),
  mode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
  until: z.iso.datetime().describe('When the last of them may be removed.'),
});

/** The result of a verification as a document. */
export const verificationSchema: z.ZodType<Verification> = z.strictObject({
  version: z.literal(VERIFICATION_VERSION).describe('Version of this document.'),
  half: z.enum(['host', 'operator']).describe('The half that was run; the verdict is about it alone.'),
  verdict: result,
  environment: z.string(),
  account: z.string(),
  bucket: z.string(),
  role: z.string().exactOptional().describe('ARN that it ran as.'),
  simulated: z.literal(true).exactOptional().describe('Present when the answers came from the simulated account.'),
  tool: toolSchema.exactOptional(),
  runId: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: milliseconds,
  settledMs: milliseconds.exactOptional().describe('How long nothing had changed when refusals were last tried.'),
  counts: z.strictObject({ total: count, pass: count, fail: count, inconclusive: count }),
  doubts: z
    .array(z.string())
    .exactOptional()
    .describe('Why the verdict is no pass although every check passed, a sentence each.'),
  answeredBy: z.array(endpointSchema).exactOptional().describe('Who answered, service by service.'),
  acceptedOtherEndpoints: z
    .literal(true)
    .exactOptional()
    .describe('Present when answers of others than AWS were good enough, because the caller asked for it.'),
  credentials: z
    .strictObject({ source: z.string(), expiration: z.iso.datetime().exactOptional() })
    .exactOptional()
    .describe('Where the credentials came from, and when they run out.'),
  notAsked: z
    .array(z.string())
    .exactOptional()
    .describe('Checks that the environment calls for and the config does not ask for.'),
  checks: z.array(check),
  evidence: z.strictObject({
    stackSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of the synthesized cdk.tf.json, as in the config and in the audit.'),
    configSha256: z.string().exactOptional().describe('Sum of the config, where it carries one.'),
  }),
  leftOut: z.array(z.string()).exactOptional().describe('Checks that were left out on request.'),
  notExercised: z.array(z.string()).describe('Granted actions that no check has used.'),
  notAssessed: z.array(z.string()).exactOptional().describe('What has a say and was not read, or could not be asked.'),
  warnings: z.array(z.string()).exactOptional(),
  locked: lockedSchema.exactOptional().describe('What Object Lock keeps of the run, which is no leftover.'),
  leftovers: z.array(leftoverSchema).describe('What is left in the bucket.'),
});
