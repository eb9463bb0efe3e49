import { accountOf, nameOf } from '../arn';
import { CAPABILITIES } from '../policy/capabilities';
import type { PolicyDocument, PolicyStatement } from '../policy/document';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../policy/identity-policies';
import { keyUseStatement } from '../policy/key-policy';
import type { PolicyTarget } from '../policy/target';
import { shellWord } from '../quoting/shell-word';
import type { HostFile, HostFiles, HostToSetUp } from './host-file';

type ForeignRole = HostToSetUp<'existing-role'>;

/** For the owner of a role of another account; one of the same account gets managed policies, which the sheet names. */
export const existingRoleFiles: HostFiles<'existing-role'> = (toSetUp) => {
  const { roleAccount } = toSetUp.host;
  if (roleAccount === undefined) return [];
  const documents = policyFiles(toSetUp);
  return [...documents, { name: 'role-policies.md', text: page(toSetUp, roleAccount, documents) }];
};

function policyFiles(toSetUp: ForeignRole): readonly HostFile[] {
  const target = targetOf(toSetUp);
  const { keyArn, formerKeyArns = [] } = toSetUp.aws;
  const capabilities = CAPABILITIES.filter((one) => toSetUp.permissions.capabilities.includes(one));
  const keys = { ...(keyArn !== undefined && { current: keyArn }), former: formerKeyArns };
  return [
    { name: 's3-policy.json', text: json(s3IdentityPolicy(target, capabilities)) },
    { name: 'kms-policy.json', text: json(kmsIdentityPolicy(target, keys)) },
  ];
}

function targetOf({ environment, aws, form, host }: ForeignRole): PolicyTarget {
  const { partition, account, region, roleArn } = aws;
  const of = { name: environment, partition, account, region, bucket: form.bucketName, rolePath: '/' };
  return { ...of, host: { kind: host.kind, role: roleArn } };
}

/** The page that is sent to the owner of the role: whoever reads it has nothing else of ours. */
function page(toSetUp: ForeignRole, owner: string, documents: readonly HostFile[]): string {
  const { environment, aws, form, host } = toSetUp;
  return [
    `# Policies for the role of account ${owner}`,
    '',
    `For whoever owns the role \`${aws.roleArn}\`. AutoRABIT Vault stores its backups with it in the bucket \`${form.bucketName}\` of account ${aws.account} (environment \`${environment}\`). Bucket and key let this one role in already; a request from another account needs the policies of the role as well.`,
    '',
    '> **A role that others share is a danger.** Whoever else has it reaches these backups: another customer, another machine, another person.',
    ...(host.runBy === 'vendor' ? ['> Confirm in writing that no other customer and no other system has it.'] : []),
    '',
    ...documents.flatMap(attachment(toSetUp)),
    '## After that',
    '',
    'On the host, with the role: `node vault-env-verify.cjs backup-environment.json`. Whoever audits the other side gives it these documents: `vault-env audit <environment> --role-policy s3-policy.json --role-policy kms-policy.json`.',
    '',
    ...change(toSetUp, documents),
    ...existingKey(toSetUp),
  ].join('\n');
}

/** The policy that the owner makes of a document. */
function policyOf({ environment, aws }: Pick<ForeignRole, 'environment' | 'aws'>, fileName: string) {
  const policyName = `vault-backup-${environment}-${fileName.replace('-policy.json', '')}`;
  return { policyName, arn: `arn:${aws.partition}:iam::${accountOf(aws.roleArn)}:policy/${policyName}` };
}

function attachment({ environment, aws }: ForeignRole) {
  return ({ name, text }: HostFile, index: number): readonly string[] => {
    const { policyName, arn } = policyOf({ environment, aws }, name);
    return [
      `## ${index + 1}. ${name}`,
      '',
      '```json',
      text.trimEnd(),
      '```',
      '',
      '```sh',
      `aws iam create-policy --policy-name ${shellWord(policyName)} --policy-document file://${name}`,
      `aws iam attach-role-policy --role-name ${shellWord(nameOf(aws.roleArn))} --policy-arn ${shellWord(arn)}`,
      '```',
      '',
    ];
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html */
function change(toSetUp: ForeignRole, documents: readonly HostFile[]): readonly string[] {
  return [
    '## When the documents change',
    '',
    'The policies are made and attached already, and get a new version. IAM keeps five: `aws iam delete-policy-version` makes room.',
    '',
    '```sh',
    ...documents.map(
      ({ name }) =>
        `aws iam create-policy-version --policy-arn ${shellWord(policyOf(toSetUp, name).arn)} --policy-document file://${name} --set-as-default`,
    ),
    '```',
    '',
  ];
}

/** The stack writes the policy of a key that it makes, and of no other. */
function existingKey(toSetUp: ForeignRole): readonly string[] {
  const { keyArn, formerKeyArns = [], account } = toSetUp.aws;
  const target = targetOf(toSetUp);
  const statements: readonly (readonly [string, PolicyStatement])[] = [
    ...(keyArn === undefined ? [] : [[keyArn, keyUseStatement(target, true)] as const]),
    ...formerKeyArns.map((arn) => [arn, keyUseStatement(target, false)] as const),
  ];
  return [
    `## For account ${account}: keys that existed before`,
    '',
    'The policy of a key that the environment makes has this statement already. To the policy of a key that existed before, add it:',
    '',
    ...statements.flatMap(([arn, statement]) => [`\`${arn}\`:`, '', '```json', json(statement).trimEnd(), '```', '']),
  ];
}

function json(document: PolicyDocument | PolicyStatement): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
