import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adoptionSchema } from '../lib/adoption/schema';
import { environmentDiffSchema } from '../lib/audit/diff/schema';
import { accessExplanationSchema } from '../lib/audit/explain/schema';
import { proofSchema } from '../lib/audit/permission-proof/schema';
import { auditReportSchema } from '../lib/audit/report/schema';
import { waiversFileSchema } from '../lib/audit/waivers/schema';
import { backupEnvironmentSchema } from '../lib/backup-environment/schema';
import { backupEnvironmentVersion1Schema } from '../lib/backup-environment/version-1/schema';
import { projectFileSchema } from '../lib/cli/project/schema';
import { failureSchema } from '../lib/cli/schema';
import { NEVER_SHARED } from '../lib/config/defaults-file';
import { environmentFileSchema } from '../lib/config/schema';
import { examinationSchema } from '../lib/doctor/schema';
import { fleetSummarySchema } from '../lib/evidence/fleet/schema';
import { evidenceVerificationSchema, manifestSchema } from '../lib/evidence/schema';
import { rehearsalSchema } from '../lib/rehearsal/schema';
import { simulationSchema } from '../lib/simulate-command/schema';
import { summarySchema } from '../lib/summary/schema';
import { synthesisSchema } from '../lib/synthesis/schema';
import { cleaningSchema } from '../lib/verify/cleanup/schema';
import { verificationSchema } from '../lib/verify/result/schema';
import { auditsSchema, emissionSchema, listingSchema, verifierSchema } from './schema';

/** A JSON Schema of the `schemas` folder. */
interface PublishedSchema {
  readonly file: string;
  readonly text: string;
}

/** Every schema that is published, as it must be on disk. An input schema leaves keys with a default optional. */
export function publishedSchemas(): readonly PublishedSchema[] {
  return [
    published('environment', 'environments/<name>.yaml', environmentJsonSchema(['bucket'])),
    published('defaults', 'environments/defaults.yaml', environmentJsonSchema([], NEVER_SHARED)),
    published('backup-environment', 'backup-environment.json', backupEnvironmentSchema.toJSONSchema({ io: 'input' })),
    published(
      'backup-environment-version-1',
      'backup-environment.json of version 1, which is still read',
      backupEnvironmentVersion1Schema.toJSONSchema({ io: 'input' }),
    ),
    published('audit-report', 'vault-env audit --format json', auditReportSchema.toJSONSchema({ io: 'input' })),
    published('environment-diff', 'vault-env diff --format json', environmentDiffSchema.toJSONSchema({ io: 'input' })),
    published('adoption', 'vault-env adopt --format json', adoptionSchema.toJSONSchema({ io: 'input' })),
    published('summary', 'a verb of vault-env for several, --format json', summarySchema.toJSONSchema({ io: 'input' })),
    published('failure', 'an error of vault-env, --format json', failureSchema.toJSONSchema({ io: 'input' })),
    published('project', 'vault-env.yaml', projectFileSchema.toJSONSchema({ io: 'input' })),
    published('waivers', 'waivers of vault-env audit', waiversFileSchema.toJSONSchema({ io: 'input' })),
    published('examination', 'vault-env doctor --format json', examinationSchema.toJSONSchema({ io: 'input' })),
    published(
      'access-explanation',
      'vault-env explain --format json',
      accessExplanationSchema.toJSONSchema({ io: 'input' }),
    ),
    published('cleaning', 'vault-env verify --clean --format json', cleaningSchema.toJSONSchema({ io: 'input' })),
    published('simulation', 'vault-env simulate --format json', simulationSchema.toJSONSchema({ io: 'input' })),
    published('verification', 'vault-env verify --format json', verificationSchema.toJSONSchema({ io: 'input' })),
    published('audits', 'vault-env audit of a folder, --format json', auditsSchema.toJSONSchema({ io: 'input' })),
    published('proof', 'vault-env prove --format json', proofSchema.toJSONSchema({ io: 'input' })),
    published('listing', 'vault-env list --format json', listingSchema.toJSONSchema({ io: 'input' })),
    published('synthesis', 'vault-env synth --format json', synthesisSchema.toJSONSchema({ io: 'input' })),
    published('rehearsal', 'vault-env rehearse --format json', rehearsalSchema.toJSONSchema({ io: 'input' })),
    published('emission', 'vault-env emit --format json', emissionSchema.toJSONSchema({ io: 'input' })),
    published('verifier', 'vault-env verifier --format json', verifierSchema.toJSONSchema({ io: 'input' })),
    published(
      'evidence-verification',
      'vault-env evidence verify --format json',
      evidenceVerificationSchema.toJSONSchema({ io: 'input' }),
    ),
    published(
      'fleet-summary',
      'vault-env evidence summary --format json',
      fleetSummarySchema.toJSONSchema({ io: 'input' }),
    ),
    published('evidence-manifest', 'manifest.json of an evidence folder', manifestSchema.toJSONSchema({ io: 'input' })),
  ];
}

/** Any key but those of one environment alone may stand in `defaults.yaml` instead. */
function environmentJsonSchema(required: readonly string[], without: readonly string[] = []): object {
  const { properties = {}, ...schema } = environmentFileSchema.toJSONSchema({ io: 'input' });
  const kept = Object.entries(properties).filter(([key]) => !without.includes(key));
  return { ...schema, properties: Object.fromEntries(kept), required };
}

function published(name: string, title: string, { $schema, ...schema }: { $schema?: string }): PublishedSchema {
  return { file: `schemas/${name}.schema.json`, text: `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n` };
}

if (require.main === module) {
  for (const { file, text } of publishedSchemas()) writeFileSync(join(__dirname, '..', file), text);
}
