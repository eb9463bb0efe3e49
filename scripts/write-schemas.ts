import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adoptionSchema } from '../lib/adoption/schema';
import { environmentDiffSchema } from '../lib/audit/diff/schema';
import { auditReportSchema } from '../lib/audit/report/schema';
import { waiversFileSchema } from '../lib/audit/waivers/schema';
import { backupEnvironmentSchema } from '../lib/backup-environment/schema';
import { backupEnvironmentVersion1Schema } from '../lib/backup-environment/version-1/schema';
import { failureSchema } from '../lib/cli/schema';
import { environmentFileSchema } from '../lib/config/schema';
import { examinationSchema } from '../lib/doctor/schema';
import { manifestSchema } from '../lib/evidence/schema';
import { summarySchema } from '../lib/summary/schema';
import { verificationSchema } from '../lib/verify/result/schema';

/** A JSON Schema of the `schemas` folder. */
interface PublishedSchema {
  readonly file: string;
  readonly text: string;
}

/** Every schema that is published, as it must be on disk. An input schema leaves keys with a default optional. */
export function publishedSchemas(): readonly PublishedSchema[] {
  return [
    published('environment', 'environments/<name>.yaml', environmentFileSchema.toJSONSchema({ io: 'input' })),
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
    published('waivers', 'waivers of vault-env audit', waiversFileSchema.toJSONSchema({ io: 'input' })),
    published('examination', 'vault-env doctor --format json', examinationSchema.toJSONSchema({ io: 'input' })),
    published('verification', 'vault-env verify --format json', verificationSchema.toJSONSchema({ io: 'input' })),
    published('evidence-manifest', 'manifest.json of an evidence folder', manifestSchema.toJSONSchema({ io: 'input' })),
  ];
}

function published(name: string, title: string, { $schema, ...schema }: { $schema?: string }): PublishedSchema {
  return { file: `schemas/${name}.schema.json`, text: `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n` };
}

if (require.main === module) {
  for (const { file, text } of publishedSchemas()) writeFileSync(join(__dirname, '..', file), text);
}
