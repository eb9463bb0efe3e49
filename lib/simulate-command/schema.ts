import { z } from 'zod';
import { MAX_LATENCY_MS } from '../simulated-aws';
import { SIMULATION_VERSION, type Simulation } from './simulation';

const text = z.string().min(1);
const count = z.int().min(1);

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), latencyMs: z.number().min(0).max(MAX_LATENCY_MS) }),
  z.strictObject({ kind: z.literal('throttling') }),
  z.strictObject({ kind: z.literal('internal-error') }),
  z.strictObject({ kind: z.literal('service-unavailable') }),
  z.strictObject({ kind: z.literal('connection-reset'), when: z.enum(['before-operation', 'after-operation']) }),
  z.strictObject({ kind: z.literal('truncated-body') }),
  z.strictObject({ kind: z.literal('clock-skew'), skewMs: z.number() }),
  z.strictObject({ kind: z.literal('expired-token') }),
]);

/** A file of fault rules: a list, in the words of `FaultRule`. */
export const faultFileSchema = z.array(
  z.strictObject({
    name: text.optional(),
    match: z
      .strictObject({
        service: z.enum(['s3', 'iam', 'sts', 'kms', 'rolesanywhere']).optional(),
        operation: text.optional(),
        host: text.optional(),
      })
      .optional(),
    from: count.optional(),
    times: count.optional(),
    probability: z.number().min(0).max(1).optional(),
    fault: faultSchema,
  }),
);

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.enum(['RSA', 'EC']) })).min(1) });
const PROVIDER_URL = /^https:\/\/[A-Za-z0-9.-]+(\/[^?#\s]*)?$/;

/** A file of signing keys: the JSON Web Key Set of each OpenID Connect provider, by the provider's URL. */
export const signingKeysFileSchema = z.record(z.string(), keySet).superRefine((keySets, context) => {
  for (const url of Object.keys(keySets).filter((name) => !PROVIDER_URL.test(name))) {
    const message = 'must be the URL of a provider, as in https://oidc.example.com';
    context.addIssue({ code: 'custom', path: [url], message, input: url });
  }
});

const identity = z.strictObject({
  name: z.string(),
  variables: z.record(z.string(), z.string().optional()).describe('Environment variables of a client.'),
});

const host = z.strictObject({
  environment: z.string().exactOptional().describe('Absent for a host of no environment.'),
  accountId: z.string(),
  instanceId: z.string().exactOptional().describe('Absent for a host that is no instance of EC2.'),
  metadataEndpoint: z.string().exactOptional().describe("Instance metadata, or a look-alike of AWS's helper."),
  containerMetadataEndpoint: z.string().exactOptional(),
  configFile: z.string().exactOptional().describe('AWS configuration with the credential_process of the host.'),
  role: identity.exactOptional().describe('Credentials as the host gets them now; absent while there are none.'),
  onHost: identity.describe('A client on the host, without any key.'),
});

/** A running simulation as a document. */
export const simulationSchema: z.ZodType<Simulation> = z.strictObject({
  version: z.literal(SIMULATION_VERSION).describe('Version of this document.'),
  simulated: z.literal(true),
  endpoint: z.string().describe('HTTPS.'),
  plainEndpoint: z.string().describe('HTTP.'),
  caFile: z.string().describe("PEM file with the certificate of the endpoint's authority."),
  regions: z.array(z.string()),
  accounts: z.array(z.strictObject({ accountId: z.string(), administrator: identity })),
  hosts: z.array(host),
  faultSeed: z.string().describe('Repeats the faults of this run.'),
  assumed: z.array(z.string()).describe('Things that were made up for the environments, a sentence each.'),
});
