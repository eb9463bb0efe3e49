import { describeAnswer, doubt, fail, notApplicable, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { ABSENT, type Answer, known } from '../stack/answer';
import { valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import { referencesOf } from '../stack/resolve-references';
import type { Subject } from '../subject/subject';

const AT = 'output.backup_environment';

export const outputFitsStack: Rule = {
  id: 'output-fits-stack',
  title: 'What Vault is told is what is created',
  rationale: 'A wrong bucket or key on the screen of Vault sends the backups elsewhere.',
  reads: `${AT}; the bucket, the key, the role and the instance profile`,
  remedy: 'Synthesize the stack again; the output follows from the environment file.',
  controls: { nist80053r5: ['CM-6', 'SI-7'] },
  check: (subject) => {
    const output = subject.stack.outputs.find(({ name }) => name === 'backup_environment');
    if (output === undefined) return [notApplicable(AT, 'the stack tells Vault nothing')];
    const told = { address: AT, type: 'output', arguments: output.value as Arguments };
    if (typeof output.value !== 'object' || output.value === null) return [doubt(AT, 'its value is not known')];
    const { version } = output.value as { version?: unknown };
    const compared = expectedOf(subject, version === 1 ? 'aws' : 'host').map(([path, expected]) => ({
      path,
      expected,
      told: subject.read(told, path),
    }));
    const wrong = compared.filter(({ expected, told: is }) => isOther(expected, is));
    const evidence = compared.map(({ path, told: is }) => ({ at: `${AT}: ${path}`, value: describeAnswer(is) }));
    if (wrong.length > 0) {
      const problems = wrong.map(
        (one) => `${one.path} says ${describeAnswer(one.told)}, but the stack has ${describeAnswer(one.expected)}`,
      );
      return [fail(AT, problems.join('; '), evidence)];
    }
    const open = compared.filter(({ expected, told: is }) => expected.state === 'unknown' || is.state === 'unknown');
    if (open.length > 0) return [doubt(AT, `not known: ${open.map(({ path }) => path).join(', ')}`, evidence)];
    return [pass(AT, `${compared.length} values agree`, evidence)];
  },
};

function isOther(expected: Answer<unknown>, told: Answer<unknown>): boolean {
  if (expected.state === 'unknown' || told.state === 'unknown') return false;
  return JSON.stringify(inOrder(expected)) !== JSON.stringify(inOrder(told));
}

/** A list says the same in any order. */
function inOrder(answer: Answer<unknown>): Answer<unknown> {
  return answer.state === 'known' && Array.isArray(answer.value) ? known([...answer.value].sort()) : answer;
}

/** What each value must be, as the resources have it. */
function expectedOf(subject: Subject, hostPart: 'aws' | 'host'): readonly (readonly [string, Answer<unknown>])[] {
  const { buckets, roles, place, read, stack } = subject;
  const [bucket] = buckets;
  const [role] = roles;
  const { algorithm, keyArn, bucketKey } = bucket?.encryption ?? {
    algorithm: ABSENT,
    keyArn: ABSENT,
    bucketKey: ABSENT,
  };
  const profile = role?.instanceProfiles.found[0];
  const profileName = profile === undefined ? ABSENT : read(profile, 'name');
  const path = profile === undefined ? ABSENT : read(profile, 'path');
  const { provider } = stack;
  const method = algorithm.state === 'known' ? known(algorithm.value === 'AES256' ? 'AES-256' : 'AWS-KMS') : algorithm;
  const accounts = valueAt(provider, 'allowed_account_ids');
  const account =
    accounts.state === 'known' && Array.isArray(accounts.value)
      ? known(String(accounts.value[0]))
      : placeAnswer(place.account);
  return [
    ['form.bucketName', bucket?.name ?? ABSENT],
    ['form.encryption', method],
    ['form.masterKey', keyArn],
    ['aws.account', account],
    ['aws.region', placeAnswer(place.region)],
    ['aws.partition', placeAnswer(place.partition)],
    ['aws.bucketArn', bucket?.arn ?? ABSENT],
    ['aws.keyArn', keyArn],
    ['aws.bucketKey', bucketKey],
    ['aws.roleArn', role?.arn ?? ABSENT],
    ...anchorOf(subject),
    ...(role?.exists ? [['host.policyArns', policyArnsOf(subject)] as const] : []),
    ...(profileName.state === 'known' && place.account !== undefined
      ? [
          [
            `${hostPart}.instanceProfileArn`,
            known(
              `arn:${place.partition}:iam::${place.account}:instance-profile${path.state === 'known' ? path.value : '/'}${profileName.value}`,
            ),
          ] as const,
        ]
      : []),
  ];
}

/** A trust anchor that the stack makes is the one that Vault's hosts are told of. */
function anchorOf({ stack, place }: Subject): readonly (readonly [string, Answer<unknown>])[] {
  const anchor = stack.resources.find(({ type }) => type === 'aws_rolesanywhere_trust_anchor');
  if (anchor === undefined) return [];
  const arn = referencesOf(stack, place).answer(`\${${anchor.address}.arn}`);
  return [['host.trustAnchorArn', arn]];
}

/** Every policy of a stack whose role exists already is meant for that role. */
function policyArnsOf({ ofType, place, read }: Subject): Answer<unknown> {
  const arns = ofType('aws_iam_policy').map((policy) => {
    const [name, path] = [read(policy, 'name'), read(policy, 'path')];
    if (name.state !== 'known' || path.state === 'unknown') return undefined;
    return `arn:${place.partition}:iam::${place.account}:policy${path.state === 'known' ? path.value : '/'}${name.value}`;
  });
  return arns.includes(undefined) ? { state: 'unknown', because: 'the name of a policy is not known' } : known(arns);
}

function placeAnswer(value: string | undefined): Answer<string> {
  return value === undefined ? { state: 'unknown', because: 'no input says it' } : known(value);
}
