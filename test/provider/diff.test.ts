import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { type Checkout, createCheckout, runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { FIXTURES } from '../support/examples';
import { foreignRoleEnvironment } from '../support/foreign-role';
import { HALF_AN_HOUR_MS } from './provider-run';

const ENVIRONMENT = {
  label: 'Acme',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault-diff',
  encryption: { method: 'AWS-KMS' },
  host: { kind: 'ec2' },
  noncurrentVersionDays: 365,
  accessLog: { bucket: 'example-access-logs' },
};
const KEYS = 'arn:aws:kms:us-east-2:111122223333:key/';
const LOSS = 'aws_s3_bucket_lifecycle_configuration.backup/noncurrent-versions';
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const ACCEPTED = { loss: LOSS, reason: 'agreed', owner: 'backup team', expires: TOMORROW };

describeWithProvider('vault-env diff', () => {
  let checkout: Checkout;
  let folder: string;

  beforeAll(async () => {
    checkout = await createCheckout();
    folder = mkdtempSync(join(tmpdir(), 'diff-'));
    mkdirSync(join(folder, 'environments'));
    writeFileSync(join(folder, 'waivers.yaml'), JSON.stringify({ accept: [ACCEPTED] }));
  });

  afterAll(async () => {
    await checkout.remove();
    rmSync(folder, { recursive: true });
  });

  const run = (command: string) => runShell(command, { cwd: checkout.folder, env: checkout.administrator });

  async function diff(edit: object, more = '', name = 'acme') {
    // JSON is YAML.
    writeFileSync(join(folder, 'environments', `${name}.yaml`), JSON.stringify({ ...ENVIRONMENT, ...edit }));
    const files = `--environments ${folder}/environments --stacks ${folder}/cdktf.out`;
    const { exitCode, stdout, stderr } = await run(
      `node scripts/vault-env.cjs diff ${name} ${files} ${more} --format json`,
    );
    return { exitCode, stderr, ...(stdout === '' ? {} : JSON.parse(stdout)) };
  }

  test(
    'keeps a plan that is applied as it is, and tells what the next ones lose',
    async () => {
      const plan = join(folder, 'acme.plan');
      const first = await diff({}, `--out ${plan}`);
      expect(first).toMatchObject({ exitCode: 0, verdict: 'pass', losses: [], findings: [] });
      expect(first.changes.create).toContain('aws_kms_key.backup');
      const applied = await run(`terraform -chdir=${folder}/cdktf.out/stacks/acme apply -input=false ${plan}`);
      expect(applied).toMatchObject({ exitCode: 0 });

      expect(await diff({ capabilities: ['backup', 'versioning', 'purge-versions'] })).toMatchObject({
        exitCode: 1,
        losses: [],
        findings: [{ id: expect.stringMatching(/^versions-protected\/aws_iam_role\.vault\/[0-9a-f]{16}$/) }],
        access: {
          since: 'deployed',
          gained: [
            { id: expect.stringContaining("the role's own policies/s3:DeleteObjectVersion on backups") },
            { id: expect.stringContaining('the role/s3:DeleteObjectVersion on backups') },
          ],
          lost: [],
        },
      });

      const fewerDays = { noncurrentVersionDays: 1, limits: { versionDays: 1 } };
      expect(await diff(fewerDays)).toMatchObject({
        exitCode: 1,
        verdict: 'fail',
        changes: { create: [], update: ['aws_s3_bucket_lifecycle_configuration.backup'], replace: [], destroy: [] },
        access: { since: 'deployed', gained: [], lost: [] },
        losses: [
          { loss: LOSS, detail: 'versions older than 1 day, kept 365 days until now, are deleted within a day' },
        ],
        findings: [],
      });
      expect(await diff(fewerDays, `--waivers ${folder}/waivers.yaml`)).toMatchObject({ exitCode: 0, verdict: 'pass' });

      expect(await diff({ encryption: { method: 'AES-256' } })).toMatchObject({
        exitCode: 1,
        verdict: 'fail',
        losses: [],
        refusals: [{ address: 'aws_kms_key.backup', instead: [expect.any(String), expect.any(String)] }],
      });
      for (const [part, elsewhere] of [
        ['region', 'eu-west-1'],
        ['account', '444455556666'],
      ] as const) {
        expect(await diff({ [part]: elsewhere })).toMatchObject({
          exitCode: 1,
          verdict: 'fail',
          losses: [],
          refusals: [{ address: `provider.aws.${part}`, instead: [expect.any(String), expect.any(String)] }],
        });
      }
      expect(await diff({ state: { s3: { bucket: 'acme-state' } } })).toMatchObject({
        exitCode: 1,
        verdict: 'fail',
        refusals: [{ address: 'terraform.backend', instead: [expect.any(String), expect.any(String)] }],
      });
      expect(await diff({ encryption: { method: 'AES-256', former: ['created'] } })).toMatchObject({
        exitCode: 0,
        verdict: 'pass',
        losses: [],
      });

      // IAM renames neither: each is destroyed and made.
      expect(await diff({ roleName: 'acme-vault' })).toMatchObject({
        exitCode: 1,
        verdict: 'fail',
        changes: {
          create: [],
          update: ['aws_kms_key.backup'],
          replace: expect.arrayContaining(['aws_iam_instance_profile.vault', 'aws_iam_role.vault']),
          destroy: [],
          forget: [],
        },
        losses: [{ loss: 'aws_iam_instance_profile.vault/gone' }, { loss: 'aws_iam_role.vault/gone' }],
        findings: [],
      });

      // A renamed file is another environment, whose state has nothing of what is deployed.
      rmSync(join(folder, 'environments', 'acme.yaml'));
      rmSync(plan);
      expect(await diff({}, `--out ${plan}`, 'renamed')).toMatchObject({
        exitCode: 1,
        verdict: 'fail',
        refusals: [
          {
            address: 'aws_s3_bucket.backup',
            refused: expect.stringContaining('the environment acme'),
            instead: ['name: acme keeps what is deployed, whatever the file is called', expect.any(String)],
          },
        ],
      });
      expect(existsSync(plan)).toBe(false);
      expect(await diff({ name: 'acme' }, '', 'renamed')).toMatchObject({
        exitCode: 0,
        verdict: 'pass',
        changes: { create: [], update: [], replace: [], destroy: [], forget: [] },
      });
    },
    HALF_AN_HOUR_MS,
  );

  test(
    'judges both sides for a role of another account whose policies are given',
    async () => {
      const environment = foreignRoleEnvironment();
      const documents = {
        's3.json': s3IdentityPolicy(environment, environment.capabilities),
        'kms.json': kmsIdentityPolicy(environment, { current: `${KEYS}1234abcd-12ab-34cd-56ef-1234567890ab` }),
      };
      for (const [name, document] of Object.entries(documents))
        writeFileSync(join(folder, name), JSON.stringify(document));
      const of = async (more: string) => {
        const files = `--environments ${FIXTURES} --stacks ${folder}/vendor.out`;
        const { exitCode, stdout } = await run(
          `node scripts/vault-env.cjs diff foreign-role ${files} ${more} --format json`,
        );
        const { verdict, findings } = JSON.parse(stdout);
        return { exitCode, verdict, findings: findings.map(({ id }: { id: string }) => id) };
      };
      expect(await of('')).toEqual({ exitCode: 1, verdict: 'unknown', findings: ['permission-proof/host.role'] });
      const given = Object.keys(documents).map((name) => `--role-policy ${folder}/${name}`);
      expect(await of(given.join(' '))).toEqual({ exitCode: 0, verdict: 'pass', findings: [] });
    },
    HALF_AN_HOUR_MS,
  );

  test('ends with 2 where it could not run', async () => {
    expect(await diff({ bucket: 'Not A Bucket' })).toMatchObject({ exitCode: 2 });
  });
});
