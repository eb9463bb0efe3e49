import { z } from 'zod';
import { toolSchema } from '../../tool-schema';
import { proofSchema } from '../permission-proof/schema';
import { declaredHostSchema } from '../policies/declared-host/schema';
import { AUDIT_VERSION, type AuditReport } from './audit-report';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.int().min(0);
const named = z.strictObject({ name: z.string(), version: z.string() });
const ids = z.array(z.string()).exactOptional();

const controls = z.strictObject({
  fsbp: ids.describe('AWS Foundational Security Best Practices.'),
  cisV3: ids.describe('CIS AWS Foundations Benchmark 3.0.'),
  cisV5: ids.describe('CIS AWS Foundations Benchmark 5.0.'),
  nist80053r5: ids.describe('NIST SP 800-53 revision 5.'),
  pciDss401: ids.describe('PCI DSS 4.0.1.'),
});

const equivalents = z
  .strictObject({
    checkov: ids,
    prowler: ids,
    beyond: z.string().exactOptional().describe('The difference, where the rule asks more.'),
  })
  .describe('Checks of other scanners that ask what the rule asks, or a part of it.');

export const appliedWaiverSchema = z.strictObject({
  reason: z.string(),
  owner: z.string(),
  expires: z.string().describe('The last day on which it holds.'),
  source: z.enum(['file', 'generated']).describe('generated: it follows from the environment itself.'),
});

export const evidenceItemSchema = z.strictObject({ at: z.string(), value: z.string() });

const finding = z.strictObject({
  id: z.string().describe('Rule and resource, unique in the report.'),
  rule: z.string(),
  title: z.string(),
  rationale: z.string(),
  remedy: z.string(),
  controls,
  equivalents: equivalents.exactOptional(),
  resource: z.string().describe('Address of the resource, or of the one that is missing.'),
  result: z.enum(['pass', 'fail', 'unknown', 'not-applicable', 'inherited']),
  detail: z.string(),
  evidence: z.array(evidenceItemSchema),
  waiver: appliedWaiverSchema.exactOptional().describe('Present where a failure or a doubt is waived.'),
  hangsOn: z
    .string()
    .exactOptional()
    .describe('The id of the finding that a doubt only follows from; it is then not counted by itself.'),
});

const counts = z.strictObject({
  pass: count,
  fail: count,
  unknown: count,
  'not-applicable': count,
  inherited: count,
  waived: count,
  total: count,
});

const input = z.strictObject({
  name: z.string(),
  kind: z.enum(['synthesized-stack', 'backend', 'plan', 'waivers', 'baseline']),
  sha256,
});

const vendor = z.strictObject({
  policy: z.string(),
  source: z.string(),
  notGranted: z.array(z.string()),
  onlyGrantedHere: z.array(z.string()),
});

const policy = z.strictObject({
  name: z.string(),
  document: z.strictObject({
    Version: z.enum(['2012-10-17', '2008-10-17']),
    Statement: z.array(z.record(z.string(), z.unknown())),
  }),
});

const key = z.strictObject({ arn: z.string(), policy: policy.exactOptional() });

const access = z.strictObject({
  partition: z.string(),
  role: z.strictObject({
    arn: z.string(),
    trust: policy.exactOptional(),
    identity: z.array(policy),
    boundary: policy.exactOptional(),
  }),
  bucket: z.strictObject({
    name: z.string(),
    arn: z.string(),
    bucketKey: z.boolean(),
    policy: policy.exactOptional(),
  }),
  key: key.exactOptional(),
  formerKeys: z.array(key).exactOptional(),
  declared: z.strictObject({
    capabilities: z.array(z.string()),
    method: z.enum(['AES-256', 'AWS-KMS']),
    host: declaredHostSchema.exactOptional(),
  }),
});

export const accessChangeSchema = z.strictObject({
  id: z.string(),
  caller: z.string(),
  action: z.string(),
  resources: z.array(z.string()),
  example: z.string(),
  accepted: appliedWaiverSchema.exactOptional(),
});

const addresses = z.array(z.string());
const baseline = z.strictObject({
  baseline: z.string(),
  resources: z.strictObject({ added: addresses, removed: addresses, changed: addresses }),
  access: z.strictObject({ gained: z.array(accessChangeSchema), lost: z.array(accessChangeSchema) }).exactOptional(),
  findings: z.strictObject({ gained: z.array(z.string()), lost: z.array(z.string()) }),
});

/** The report of an audit as a document. */
export const auditReportSchema: z.ZodType<AuditReport> = z.strictObject({
  version: z.literal(AUDIT_VERSION).describe('Version of this document.'),
  verdict: z.enum(['pass', 'fail', 'unknown']),
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  asOf: day.exactOptional().describe('The day that expiry dates were held against.'),
  tool: toolSchema,
  catalogue: named,
  inputs: z.array(input),
  counts,
  findings: z.array(finding),
  proof: proofSchema.exactOptional().describe('Missing where the policies could not be read in full.'),
  vendor: vendor.exactOptional(),
  resources: z.array(
    z.strictObject({
      address: z.string(),
      type: z.string(),
      sha256,
      keeps: z
        .record(z.string(), z.unknown())
        .exactOptional()
        .describe('Arguments that data depends on, so that a later audit can say what is lost.'),
    }),
  ),
  backend: z
    .strictObject({
      type: z.string(),
      place: z.record(z.string(), z.string()).exactOptional().describe('Settings that name one state and no other.'),
    })
    .exactOptional()
    .describe('Where Terraform keeps its state; missing where no input says.'),
  access: access.exactOptional().describe('Every policy that the report speaks of.'),
  partlyRead: z
    .strictObject({ policies: z.array(policy), unread: z.array(z.string()) })
    .exactOptional()
    .describe('The policies that could be read, where not all of them could.'),
  baseline: baseline.exactOptional(),
  notAssessed: z.array(z.string()).describe('What has a say and was not there to be read.'),
});
