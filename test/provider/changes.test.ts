import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAws } from '../../lib/aws/connect';
import { connectControlPlane } from '../../lib/aws/control-plane';
import { createBackupEnvironment, readOutputs } from '../../lib/backup-environment';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { loadCatalogue } from '../../lib/catalogue';
import { loadEnvironments } from '../../lib/config/load';
import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { verifyAsOperator } from '../../lib/verify/operator/verify-as-operator';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { instanceProfileIn } from '../support/instance-profile';
import { alterStackFile } from './alterations';
import { EDITS, type Edit, EXISTING_KEY, environmentFile, NAME, REFUSED } from './life';
import { HALF_AN_HOUR_MS, inAccount, type Place, reasonOf, synthesizeInto, terraformIn } from './provider-run';

/** Observations after one edit. */
interface Seen {
  readonly title: string;
  readonly comesTo: string;
  /** Keys of the objects, one of each edit so far, that the role can read. */
  readonly readable: readonly string[];
  readonly operator: string;
}

class Life {
  private readonly written: string[] = [];

  constructor(
    private readonly place: Place,
    private readonly environments: string,
  ) {}

  async edit(edit: Edit): Promise<Seen> {
    const { title } = edit;
    writeEnvironment(this.environments, edit);
    const stackFolder = await synthesizeInto(this.place, this.environments, NAME);
    alterStackFile(join(stackFolder, 'cdk.tf.json'), (resources) => {
      delete resources.aws_s3_bucket_lifecycle_configuration;
    });
    const terraform = await terraformIn(this.place, stackFolder);
    await terraform.init();
    const comesTo = await terraform.apply().then(async () => `applied, then ${await terraform.plan()}`, reasonOf);
    if (comesTo === REFUSED) return { title, comesTo, readable: [], operator: '' };
    const text = JSON.stringify(await terraform.output());
    const file = join(stackFolder, 'cdk.tf.json');
    const stack = readFileSync(file, 'utf8');
    const config = createBackupEnvironment(readOutputs({ text, file: stackFolder, environment: NAME }), {
      text: Buffer.from(stack),
      file,
    });
    return {
      title,
      comesTo,
      readable: await this.writeAndReadAll(title, config),
      operator: await this.compare(config, stack),
    };
  }

  /** Writes a backup as the role, and reads those of all edits. */
  private async writeAndReadAll(title: string, config: BackupEnvironment): Promise<readonly string[]> {
    const host = await this.place.account.startHost();
    host.attachInstanceProfile(instanceProfileIn(config));
    const settings = {
      AWS_ENDPOINT_URL: this.place.account.endpoint,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: host.metadataEndpoint,
    };
    return await surrounded(settings, async () => {
      const aws = connectAws({ region: config.aws.region, caCertificatesPem: this.place.account.caCertificatePem });
      const Bucket = config.form.bucketName;
      await aws.s3.putObject({ Bucket, Key: title, Body: title });
      this.written.push(title);
      const answers = await Promise.all(this.written.map((Key) => aws.s3.getObject({ Bucket, Key })));
      aws.close();
      return this.written.filter((_, index) => answers[index]?.ok);
    });
  }

  private async compare(config: BackupEnvironment, text: string): Promise<string> {
    const { endpoint, administrator, caCertificatePem } = this.place.account;
    const settings = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    };
    const { checks, verdict } = await surrounded(settings, async () =>
      verifyAsOperator({
        acceptsOtherEndpoints: true,
        config,
        stack: { text, file: 'cdk.tf.json' },
        controlPlane: connectControlPlane({ region: config.aws.region, caCertificatesPem: caCertificatePem }),
        catalogue: await loadCatalogue(),
        now: () => new Date(),
        randomId: randomUUID,
      }),
    );
    const open = checks.filter(({ result }) => result !== 'pass').map(({ id, detail }) => `${id}: ${detail}`);
    return [verdict, ...open].join('\n');
  }
}

/** Works with these variables alone; Terraform has the others again, which lead it to its provider. */
async function surrounded<T>(settings: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const saved = process.env;
  const none = '/nonexistent';
  process.env = { PATH: saved.PATH, AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none, ...settings };
  try {
    return await work();
  } finally {
    process.env = saved;
  }
}

function writeEnvironment(folder: string, edit: Parameters<typeof environmentFile>[0]): void {
  // JSON is YAML.
  writeFileSync(join(folder, 'renamed.yaml'), JSON.stringify(environmentFile(edit)));
}

describeWithProvider('an environment through the changes of its life', () => {
  let seen: readonly Seen[];

  beforeAll(async () => {
    seen = await inAccount({ accountId: '111122223333', region: 'us-east-2' }, async (place) => {
      const environments = join(place.folder, 'environments');
      mkdirSync(environments);
      writeEnvironment(environments, { encryption: { method: 'AWS-KMS', key: EXISTING_KEY } });
      const [environment] = loadEnvironments({ folder: environments });
      if (environment !== undefined) prepareAccount(place.account.state, environment);
      const life = new Life(place, environments);
      const all: Seen[] = [];
      for (const edit of EDITS) all.push(await life.edit(edit));
      return all;
    });
  }, HALF_AN_HOUR_MS);

  test('ends each edit with nothing left to do, or is refused before anything changes', () => {
    expect(seen.map(({ title, comesTo }) => ({ title, comesTo }))).toEqual(
      EDITS.map(({ title, comesTo }) => ({ title, comesTo })),
    );
  });

  test('can read the backups of every edit until a key is given up by name', () => {
    const written = seen.filter(({ comesTo }) => comesTo !== REFUSED);
    const titles = written.map(({ title }) => title);
    expect(written.map(({ readable }) => readable)).toEqual(
      written.map((_, index) =>
        index === titles.length - 1 ? titles.filter((title) => title !== 'a created key') : titles.slice(0, index + 1),
      ),
    );
  });

  test('is as audited after each edit', () => {
    expect(seen.filter(({ comesTo }) => comesTo !== REFUSED).map(({ operator }) => operator)).toEqual(
      seen.filter(({ comesTo }) => comesTo !== REFUSED).map(() => 'pass'),
    );
  });
});
