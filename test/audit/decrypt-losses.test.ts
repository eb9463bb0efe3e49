import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decryptLosses } from '../../lib/audit/losses/decrypt-losses';
import { keyAccessOf } from '../../lib/audit/rule-kit/key-access';
import { parseInput } from '../../lib/audit/stack/parse-input';
import type { StackDocument } from '../../lib/audit/stack/stack-document';
import { readParts } from '../../lib/audit/subject/read-subject';

// biome-ignore lint/suspicious/noExplicitAny: a plan is changed wherever it hurts
type Values = any;

/** A plan of the real provider that changes nothing: a created key in use, and a former one that existed. */
const UNCHANGED = readFileSync(join(__dirname, '../fixtures/plans/unchanged.json'), 'utf8');
const CREATED = 'arn:aws:kms:us-east-2:111122223333:key/ae9e0b2d-3eba-405f-ab3f-aea9d135ef39';
const FORMER = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ROLE = 'aws_iam_role.vault';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/vault-backup-prod';
const ATTACHMENT = 'aws_iam_role_policy_attachment.kms';
const POLICY = 'aws_iam_policy.kms';
const KEY = 'aws_kms_key.backup';

class Edited {
  readonly plan: Values = JSON.parse(UNCHANGED);

  change(address: string): Values {
    return this.plan.resource_changes.find((one: Values) => one.address === address).change;
  }

  after(address: string): Values {
    return this.change(address).after;
  }

  gone(address: string): void {
    Object.assign(this.change(address), { actions: ['delete'], after: null, after_unknown: {} });
  }

  /** A policy in the role itself, before, after or both. */
  inline(when: 'before' | 'after', policy: string): void {
    const address = 'aws_iam_role_policy.kms';
    const values = { id: 'vault-backup-prod:kms', name: 'kms', role: 'vault-backup-prod', policy };
    const change = { actions: ['no-op'], before: null, after: null, after_unknown: {}, [when]: values };
    this.plan.resource_changes.push({ address, mode: 'managed', type: 'aws_iam_role_policy', name: 'kms', change });
  }

  /** Adds a policy of the stack that is the role's boundary afterwards. */
  boundary(statement: object): void {
    const change = structuredClone(this.plan.resource_changes.find((one: Values) => one.address === POLICY));
    const arn = 'arn:aws:iam::111122223333:policy/limit';
    const values = { ...change.change.after, arn, id: arn, name: 'limit', policy: documentOf([statement]) };
    Object.assign(change, { address: 'aws_iam_policy.limit', name: 'limit' });
    Object.assign(change.change, { actions: ['create'], before: null, after: values });
    this.plan.resource_changes.push(change);
    this.after(ROLE).permissions_boundary = arn;
  }

  statements(address: string, edit: (statements: Values[]) => Values[]): void {
    const after = this.after(address);
    after.policy = documentOf(edit(JSON.parse(after.policy).Statement));
  }
}

const documentOf = (statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const bySid = (sid: string) => (statements: Values[]) => statements.filter(({ Sid }) => Sid !== sid);
const DENIED = { Sid: 'Deny', Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' };
const ROLE_DENIED = { ...DENIED, Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE_ARN } } };
const everything = { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' };

function lossesAfter(edit: (edited: Edited) => unknown) {
  const edited = new Edited();
  edit(edited);
  const stack = parseInput(JSON.stringify(edited.plan), 'plan.json');
  const [before, after] = [stack.before as StackDocument, stack].map((one) => keyAccessOf(readParts(one)));
  if (before === undefined || after === undefined) throw new Error('there is a plan');
  return decryptLosses(before, after);
}

describe('a role that can read with the current key and a former one', () => {
  test.each<[string, (edited: Edited) => unknown]>([
    ['nothing changes', () => undefined],
    ['the description of its key changes', (plan) => (plan.after(KEY).description = 'Other')],
    [
      'a wildcard takes the place of the action',
      (plan) => plan.statements(POLICY, ([first, second]) => [{ ...first, Action: 'kms:*' }, second]),
    ],
    [
      'its policy moves into the role itself',
      (plan) => {
        plan.inline('after', plan.after(POLICY).policy);
        plan.gone(ATTACHMENT);
        plan.gone(POLICY);
      },
    ],
    ['a boundary admits everything', (plan) => plan.boundary(everything)],
    [
      'the key policy admits it by its own ARN',
      (plan) =>
        plan.statements(KEY, ([admin, use]) => [admin, { ...use, Principal: { AWS: ROLE_ARN }, Condition: {} }]),
    ],
    [
      'a denial is about another role',
      (plan) =>
        plan.statements(KEY, (all) => [
          ...all,
          { ...ROLE_DENIED, Condition: { ArnEquals: { 'aws:PrincipalArn': `${ROLE_ARN}-other` } } },
        ]),
    ],
    [
      'it is replaced under the same name',
      (plan) => Object.assign(plan.change(ROLE), { actions: ['delete', 'create'] }),
    ],
    [
      'it may no longer write',
      (plan) => plan.statements(POLICY, ([first, second]) => [{ ...first, Action: 'kms:Decrypt' }, second]),
    ],
    [
      'the same policy is attached by another block',
      (plan) => {
        const moved = plan.plan.resource_changes.find((one: Values) => one.address === ATTACHMENT);
        const { before } = moved.change;
        plan.plan.resource_changes.push({
          ...moved,
          address: `${ATTACHMENT}_again`,
          change: { actions: ['create'], before: null, after: before, after_unknown: {} },
        });
        plan.gone(ATTACHMENT);
      },
    ],
  ])('keeps both when %s', (_, edit) => {
    expect(lossesAfter(edit)).toEqual([]);
  });

  const own = 'the policies of the role';
  const ofKey = 'the key policy';

  test.each<[string, (edited: Edited) => unknown, readonly string[], string]>([
    ['its policy is detached', (plan) => plan.gone(ATTACHMENT), [CREATED, FORMER], own],
    [
      'its policy is detached and deleted',
      (plan) => [ATTACHMENT, POLICY].map((one) => plan.gone(one)),
      [CREATED, FORMER],
      own,
    ],
    [
      'its inline policy is removed',
      (plan) => {
        plan.inline('before', plan.after(POLICY).policy);
        Object.assign(plan.plan.resource_changes.at(-1).change, { actions: ['delete'] });
        for (const one of [ATTACHMENT, POLICY])
          plan.plan.resource_changes = plan.plan.resource_changes.filter(({ address }: Values) => address !== one);
      },
      [CREATED, FORMER],
      own,
    ],
    [
      'the statement about former keys is removed',
      (plan) => plan.statements(POLICY, bySid('ReadWithFormerKeysThroughS3')),
      [FORMER],
      own,
    ],
    [
      'a statement loses the action',
      (plan) => plan.statements(POLICY, ([first, second]) => [{ ...first, Action: 'kms:GenerateDataKey' }, second]),
      [CREATED],
      own,
    ],
    [
      'a policy of its own denies it',
      (plan) => plan.statements(POLICY, (all) => [...all, DENIED]),
      [CREATED, FORMER],
      own,
    ],
    [
      'the condition is about another bucket',
      (plan) =>
        plan.statements(POLICY, (all) => JSON.parse(JSON.stringify(all).replaceAll('example-prod-vault', 'other'))),
      [CREATED, FORMER],
      own,
    ],
    [
      'only objects without a bucket key stay readable',
      (plan) =>
        plan.statements(POLICY, (all) =>
          JSON.parse(JSON.stringify(all).replaceAll('s3:::example-prod-vault', 's3:::example-prod-vault/*')),
        ),
      [CREATED, FORMER],
      own,
    ],
    ['a boundary leaves KMS out', (plan) => plan.boundary({ ...everything, Action: 's3:*' }), [CREATED, FORMER], own],
    ['the key policy loses its statement', (plan) => plan.statements(KEY, bySid('UseKeyThroughS3')), [CREATED], ofKey],
    ['the key policy denies it', (plan) => plan.statements(KEY, (all) => [...all, ROLE_DENIED]), [CREATED], ofKey],
    [
      'the key policy admits another role',
      (plan) =>
        plan.statements(KEY, (all) => JSON.parse(JSON.stringify(all).replaceAll(ROLE_ARN, `${ROLE_ARN}-other`))),
      [CREATED],
      ofKey,
    ],
    [
      'another role replaces it, and the key policy names the former one',
      (plan) => {
        Object.assign(plan.change(ROLE), { actions: ['delete', 'create'] });
        Object.assign(plan.after(ROLE), {
          name: 'other',
          id: 'other',
          arn: ROLE_ARN.replace('vault-backup-prod', 'other'),
        });
        for (const one of ['kms', 's3']) plan.after(`aws_iam_role_policy_attachment.${one}`).role = 'other';
      },
      [CREATED],
      ofKey,
    ],
  ])('loses them when %s', (_, edit, keys, by) => {
    expect(lossesAfter(edit)).toMatchObject([
      {
        address: ROLE,
        what: 'decrypt',
        isCertain: true,
        detail: `the role can no longer read objects that ${keys.join(', ')} encrypted, which ${by} allowed; a key of earlier backups stays readable with encryption.former`,
        evidence: keys.flatMap((arn) => [
          { at: `${ROLE}: kms:Decrypt before`, value: arn },
          { at: `${ROLE}: kms:Decrypt after`, value: '(not allowed)' },
        ]),
      },
    ]);
  });

  test.each<[string, (edited: Edited) => unknown]>([
    [
      'its policy',
      (plan) => {
        Object.assign(plan.after(POLICY), { policy: null });
        plan.change(POLICY).after_unknown = { policy: true };
        // A plan of HCL does not say what its documents are made of.
        delete plan.plan.configuration;
      },
    ],
    [
      'the policy that is attached',
      (plan) => (plan.after(ATTACHMENT).policy_arn = 'arn:aws:iam::111122223333:policy/elsewhere'),
    ],
    [
      'its boundary',
      (plan) => {
        plan.statements(POLICY, bySid('ReadWithFormerKeysThroughS3'));
        plan.after(ROLE).permissions_boundary = 'arn:aws:iam::111122223333:policy/elsewhere';
      },
    ],
    [
      'the key policy',
      (plan) => {
        plan.after(KEY).policy = '{"Statement": [{"Effect": "Perhaps"}]}';
      },
    ],
  ])('may keep them when %s is not known', (_, edit) => {
    expect(lossesAfter(edit)).toMatchObject([{ address: ROLE, what: 'decrypt', isCertain: false }]);
  });
});
