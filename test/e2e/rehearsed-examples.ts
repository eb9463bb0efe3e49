import type { Rehearsal } from '../../lib/rehearsal/rehearsal';

const STEPS = ['synthesize', 'start-account', 'init', 'apply', 'second-plan', 'emit', 'host', 'verify', 'compare'];
const CHECKS = [
  'administer-iam',
  'administer-kms',
  'backup-encryption',
  'bucket-region',
  'change-bucket-policy',
  'change-encryption',
  'change-lifecycle',
  'change-object-lock',
  'change-public-access-block',
  'change-replication',
  'change-versioning',
  'cross-bucket-copy',
  'customer-provided-key',
  'multipart-abort',
  'multipart-upload',
  'object-acl',
  'object-batch-delete',
  'object-copy',
  'object-delete',
  'object-encryption',
  'object-get',
  'object-head',
  'object-list',
  'object-put',
  'object-range',
  'other-bucket',
  'other-region',
  'plain-http',
  'presigned-plain-http',
  'probe-removal',
  'read-bucket-policy',
  'read-version',
  'role-chaining',
  'role-identity',
  'tagging',
  'unicode-key',
  'version-delete',
  'version-list',
  'versioning-state',
  'wrong-encryption-header',
];
const CHECKS_OF_A_LOCK = ['bypass-retention', 'change-retention', 'marker-removal', 'version-kept'];
const CHECKS_OF_A_KEY = ['create-grant', 'direct-key-use', 'wrong-key'];

/** Each example, the checks that it comes to, and what stays locked. */
const EXAMPLES = {
  'aes-256': { checks: CHECKS },
  'aws-kms': { checks: [...CHECKS, ...CHECKS_OF_A_KEY] },
  'existing-role': { checks: [...CHECKS, ...CHECKS_OF_A_KEY] },
  'object-lock': {
    checks: [...CHECKS.filter((id) => id !== 'probe-removal'), ...CHECKS_OF_A_LOCK],
    locked: { versions: 7, mode: 'GOVERNANCE', until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
  },
  'on-premises': { checks: CHECKS },
} as const;

type Example = keyof typeof EXAMPLES;

/** Those of `npm test`; the tests of the provider rehearse the others. Where there are none of those, EVERY_ROW takes two. */
export const REHEARSED_FIRST: readonly Example[] = process.env.EVERY_ROW ? ['aes-256', 'aws-kms'] : ['aws-kms'];
export const REHEARSED_LATER = (Object.keys(EXAMPLES) as Example[]).filter((name) => !REHEARSED_FIRST.includes(name));

/** Compares a rehearsal's whole result, as the command prints it, with what is expected of these examples. */
export function expectRehearsed(printed: string, names: readonly Example[]): void {
  const { environments, ...summary }: Rehearsal = JSON.parse(printed);
  expect(
    environments.map((environment) => ({
      name: environment.name,
      verdict: environment.verdict,
      steps: environment.steps.map(({ id, result }) => `${id} ${result}`),
      checks: (environment.verification?.checks ?? []).map(({ id, result }) => `${id} ${result}`).sort(),
      verdictOfChecks: environment.verification?.verdict,
      leftovers: environment.verification?.leftovers,
      locked: environment.verification?.locked,
    })),
  ).toEqual(names.map(expected));
  const tool = expect.objectContaining({ name: 'vault-backup-environment' });
  expect(summary).toEqual({ version: 1, verdict: 'pass', simulated: true, tool });
}

function expected(name: Example) {
  const { checks, ...locked }: { checks: readonly string[]; locked?: object } = EXAMPLES[name];
  return {
    name,
    verdict: 'pass',
    steps: STEPS.map((id) => `${id} pass`),
    checks: checks.map((id) => `${id} pass`).sort(),
    verdictOfChecks: 'pass',
    leftovers: [],
    ...locked,
  };
}
