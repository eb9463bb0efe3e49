import { evaluate, type Policy } from '../../iam';
import { foreignAccountOf } from '../permission-proof/foreign';
import { isOwnSideUnknown } from '../policies/environment-policies';
import { auditedAccount, sessionOf } from '../rule-kit/callers';
import { factAbout, failFor } from '../rule-kit/gathered';
import { doubt, doubtOver, inherited, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { type Answer, known } from '../stack/answer';
import type { RoleSubject, Subject } from '../subject/subject';

const ACTIONS = [
  ['s3:PutObject', '/org/accounts.csv.gz'],
  ['s3:GetObject', '/org/accounts.csv.gz'],
  ['s3:ListBucket', ''],
] as const;

const WELCOMES_EVERYBODY = (account: string): Policy => ({
  name: 'policy of a foreign bucket',
  version: '2012-10-17',
  statements: [
    {
      id: 'WelcomeEverybody',
      effect: 'Allow',
      principals: { negated: false, anyone: false, byType: { AWS: [account] } },
      actions: { negated: false, patterns: ['*'] },
      resources: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ],
});

export const roleOwnAccountOnly: Rule = {
  id: 'role-own-account-only',
  title: 'The role reaches buckets of the audited account only',
  rationale: "A bucket's ARN names no account: whoever takes over its name would receive the backups.",
  reads: "the role's policies, by evaluation against a bucket of the same name in another account",
  remedy: 'Pin aws:ResourceAccount to the account in every statement about the bucket.',
  controls: { nist80053r5: ['AC-4', 'AC-6', 'SC-7'] },
  check: (subject) => subject.roles.map((role) => check(role, subject)),
};

function check({ resource, foreignAccount, ...role }: RoleSubject, subject: Subject): Outcome {
  const { arn: roleArn } = role;
  const identity = foreignAccount === undefined ? role.identity : ownSideOf(subject);
  if (identity === undefined) return inherited(resource.address, `account ${foreignAccount} attaches its policies`);
  if (identity.state !== 'known') return doubtOver(identity, resource.address, 'what the role may do is not known');
  const account = auditedAccount(subject);
  const foreign = foreignAccountOf({ account, ...(roleArn.state === 'known' && { role: { arn: roleArn.value } }) });
  const known = roleArn.state === 'known' ? roleArn.value : `arn:aws:iam::${account}:role/role`;
  const { principal, context } = sessionOf('the role', known);
  const arns = subject.buckets.map(({ arn }) => arn);
  if (arns.some(({ state }) => state !== 'known'))
    return doubt(resource.address, 'the name of the bucket is not known');
  if (arns.length === 0) return notApplicable(resource.address, 'there is no bucket');
  const open = arns.flatMap((arn) =>
    ACTIONS.filter(([action, key]) => {
      const owner = { 'aws:ResourceAccount': foreign, 's3:ResourceAccount': foreign };
      const request = {
        principal,
        action,
        resource: `${arn.state === 'known' ? arn.value : ''}${key}`,
        resourceAccount: foreign,
        context: { ...context, ...owner, 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' },
      };
      return (
        evaluate(request, { identity: identity.value, resource: WELCOMES_EVERYBODY(foreignAccount ?? account) })
          .result === 'allowed'
      );
    }).map(([action]) => action),
  );
  if (open.length > 0)
    return failFor(resource.address, [
      factAbout(open, (actions) => `it may ${actions} in a bucket of the same name in another account`),
    ]);
  return pass(resource.address, 'a bucket of the same name in another account is out of reach');
}

/** The policies that the owner of a role of another account attaches; undefined where nobody gave them. */
function ownSideOf({ environment }: Subject): Answer<readonly Policy[]> | undefined {
  if (environment.state !== 'known') return environment;
  return isOwnSideUnknown(environment.value) ? undefined : known(environment.value.role.identity);
}
