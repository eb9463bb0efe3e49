import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plannedAccess } from '../../lib/audit/planned-access';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';

// biome-ignore lint/suspicious/noExplicitAny: a plan is changed wherever it hurts
type Values = any;

const textOf = (name: string) => readFileSync(join(__dirname, '../fixtures/plans', `${name}.json`), 'utf8');
let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['iam', 'kms', 's3', 'sts']);
});

/** Access after a plan of the real provider that changes nothing but the policy at the address. */
function accessAfter(address: string, edit: (policy: Values) => unknown) {
  const plan = JSON.parse(textOf('unchanged'));
  const { after } = plan.resource_changes.find((one: Values) => one.address === address).change;
  const policy = JSON.parse(after.policy);
  edit(policy);
  after.policy = JSON.stringify(policy);
  return plannedAccess(parseInput(JSON.stringify(plan), 'plan.json'), catalogue);
}

const S3 = 'aws_iam_policy.s3';
const allowed = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });

describe('access after a plan, compared with what is deployed,', () => {
  test('is the same where nothing changes', () => {
    expect(accessAfter(S3, () => undefined)).toEqual({ since: 'deployed', gained: [], lost: [] });
  });

  test('grows for a caller whom a policy newly allows something', () => {
    const access = accessAfter(S3, ({ Statement }) =>
      Statement.push(allowed('s3:GetObjectTagging', 'arn:aws:s3:::example-prod-vault/*')),
    );
    expect(access).toMatchObject({
      since: 'deployed',
      gained: [
        { id: "the role's own policies/s3:GetObjectTagging on backups, probes, search results" },
        { id: 'the role/s3:GetObjectTagging on backups, probes, search results' },
      ],
      lost: [],
    });
  });

  test('shrinks for a caller whom a policy no longer allows something', () => {
    const access = accessAfter(S3, (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }: { Sid: string }) => Sid !== 'RemoveProbes');
    });
    expect(access).toMatchObject({
      gained: [],
      lost: [
        { id: "the role's own policies/s3:DeleteObjectVersion on probes" },
        { id: 'the role/s3:DeleteObjectVersion on probes' },
      ],
    });
  });

  test('shrinks for the role of the stack, when one that exists has its place', () => {
    const plan = JSON.parse(textOf('unchanged'));
    const role = 'arn:aws:iam::111122223333:role/vault-instance';
    for (const { type, change } of plan.resource_changes) {
      if (!/^aws_iam_(role|instance_profile)/.test(type)) continue;
      Object.assign(change, { actions: ['delete'], after: null });
    }
    const { after } = plan.output_changes.backup_environment;
    after.aws.roleArn = role;
    after.host = { kind: 'existing-role', policyArns: [], attached: false, runBy: 'own' };
    const access = plannedAccess(parseInput(JSON.stringify(plan), 'plan.json'), catalogue);
    const ofAll = { action: '*', resources: ['all that the role may do'] };
    expect(access).toMatchObject({
      gained: expect.arrayContaining([expect.objectContaining({ ...ofAll, caller: role })]),
      lost: expect.arrayContaining([
        expect.objectContaining({ ...ofAll, caller: 'arn:aws:iam::111122223333:role/vault-backup-prod' }),
      ]),
    });
  });

  test('is not known where a policy cannot be read', () => {
    expect(accessAfter(S3, (policy) => (policy.Statement = [{ Effect: 'Perhaps' }]))).toEqual({
      since: 'deployed',
      unknown: expect.stringMatching(/^what is planned: /),
    });
  });

  test('is not compared where nothing is deployed', () => {
    expect(plannedAccess(parseInput(textOf('aws-kms'), 'plan.json'), catalogue)).toBeUndefined();
  });
});
