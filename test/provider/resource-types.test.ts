import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { HALF_AN_HOUR_MS, inAccount, take, terraformIn, whatIsLeft } from './provider-run';

const CONFIGURATION = join(ROOT, 'test', 'fixtures', 'terraform');

interface Results {
  readonly steps: readonly string[];
  /** Resource types that the second revision changes, in place or by making the resource anew. */
  readonly changed: readonly string[];
  /** Terraform's result with the answers of the account. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Applies every resource type in one configuration, then its second revision, and destroys it. */
async function run(): Promise<Results> {
  return await inAccount({ accountId: '111122223333', region: 'us-east-2' }, async (place) => {
    const folder = join(place.folder, 'configuration');
    cpSync(CONFIGURATION, folder, { recursive: true });
    const first = await terraformIn(place, folder);
    const second = await terraformIn(place, folder, { TF_VAR_revision: '2' });
    await first.init();
    const applied = await take([
      ['apply', first.apply],
      ['plan', first.plan],
    ]);
    const outputs = await first.output().catch(() => ({}));
    const changed = changesIn((await second.showPlan().catch(() => ({}))) as Plan);
    const ended = await take([
      ['apply of the change', second.apply],
      ['plan after the change', second.plan],
      ['destroy', second.destroy],
      ['left', async () => whatIsLeft(place.account, ['resource-types', 'oidc.example.com']).join(', ')],
    ]);
    return { steps: [...applied, ...ended], changed, outputs };
  });
}

interface Plan {
  readonly resource_changes?: readonly { readonly address: string; readonly change: { actions: readonly string[] } }[];
}

function changesIn({ resource_changes: changes = [] }: Plan): readonly string[] {
  const changed = changes.filter(
    ({ change }) => change.actions.includes('update') || change.actions.join(' ') === 'delete create',
  );
  return [...new Set(changed.map(({ address }) => address.split('.')[0] ?? ''))];
}

function resourceTypes(): readonly string[] {
  const types = readdirSync(CONFIGURATION).flatMap((file) =>
    [...readFileSync(join(CONFIGURATION, file), 'utf8').matchAll(/^resource "(\w+)"/gm)].map(([, type = '']) => type),
  );
  return [...new Set(types)];
}

/** Types of which the account takes no other value, or that have none. */
const UNCHANGED: readonly string[] = [
  'aws_iam_role_policies_exclusive',
  'aws_iam_role_policy_attachment',
  'aws_s3_bucket_acl',
  'aws_s3_bucket_request_payment_configuration',
];

describeWithProvider('every resource type', () => {
  let results: Results;

  beforeAll(async () => {
    results = await run();
  }, HALF_AN_HOUR_MS);

  test('is applied, refreshed, changed and destroyed', () => {
    expect(results.steps).toEqual([
      'apply: done',
      'plan: no-changes',
      'apply of the change: done',
      'plan after the change: no-changes',
      'destroy: done',
      'left: ',
    ]);
  });

  test('is changed, apart from those with nothing to change', () => {
    expect([...results.changed, ...UNCHANGED].sort()).toEqual([...resourceTypes()].sort());
  });

  test('gives back what it was given', () => {
    expect(results.outputs).toMatchObject({
      read_is_allowed: { value: true },
      decrypted: { value: 'revision 1' },
    });
  });
});
