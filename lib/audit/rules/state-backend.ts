import { doubtFor, factAbout, failFor } from '../rule-kit/gathered';
import { doubt, inherited, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { Backend } from '../stack/terraform-block';
import type { BucketSubject } from '../subject/subject';
import { judgeSettings } from '../understood/backend-settings';

const AT = 'terraform.backend';
/** Backends that encrypt and lock by themselves, as their documentation says. */
const SEES_TO_IT: ReadonlySet<string> = new Set(['azurerm', 'cloud', 'gcs', 'remote']);

/**
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 * @see https://developer.hashicorp.com/terraform/language/backend/local
 */
export const stateBackend: Rule = {
  id: 'state-backend',
  title: 'The state is encrypted and locked, and not among the backups',
  rationale:
    'The state describes everything; two runs at once corrupt it; and Vault may delete anything in its bucket.',
  reads: 'terraform.backend, terraform.cloud, and all their settings; aws_s3_bucket: bucket',
  remedy:
    "Name a bucket of its own with 'state' in the environment file, or set encrypt and use_lockfile (or dynamodb_table).",
  controls: { nist80053r5: ['SC-28', 'CM-3', 'AC-3'] },
  check: ({ stack: { backend }, buckets }) => [
    backend === undefined
      ? doubt(AT, 'a plan does not show the backend; name the synthesized stack besides, with --plan')
      : check(backend, buckets),
  ],
};

function check({ type, settings }: Backend, buckets: readonly BucketSubject[]): Outcome {
  const evidence = [{ at: AT, value: type }];
  const { secret, strange } = judgeSettings(type, settings);
  if (secret.length > 0)
    return failFor(AT, [factAbout(secret, (names) => `a secret is written in ${names}`)], { evidence });
  const outcome = judge({ type, settings }, buckets);
  if (strange.length === 0 || outcome.result === 'fail') return outcome;
  const unread = factAbout(
    strange,
    (names) => `where the state goes, and who can read it, with ${names} is not known here`,
  );
  return doubtFor(AT, [unread], { evidence });
}

function judge({ type, settings }: Backend, buckets: readonly BucketSubject[]): Outcome {
  const evidence = [{ at: AT, value: type }];
  if (type === 'local')
    return inherited(
      AT,
      'the state is a local file, which Terraform locks: whoever runs the machine encrypts its disk',
      evidence,
    );
  if (SEES_TO_IT.has(type)) return inherited(AT, `whoever runs the backend '${type}' answers for it`, evidence);
  if (type !== 's3') return doubt(AT, `whether the backend '${type}' encrypts and locks is not known`, evidence);
  const isOn = (name: string) => settings[name] === true || settings[name] === 'true';
  const isLocked = isOn('use_lockfile') || typeof settings.dynamodb_table === 'string';
  const isAmongBackups = buckets.some(({ name }) => name.state === 'known' && name.value === settings.bucket);
  const problems = [
    ...(isOn('encrypt') ? [] : ['encrypt is not true']),
    ...(isLocked ? [] : ['nothing locks it']),
    ...(isAmongBackups ? [`it is in the bucket '${settings.bucket}', which this stack makes`] : []),
  ];
  return problems.length > 0 ? failFor(AT, problems, { evidence }) : pass(AT, 'encrypted and locked', evidence);
}
