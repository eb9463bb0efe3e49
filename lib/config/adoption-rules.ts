import type { Adoptable } from './adoptable';
import type { Environment } from './environment';
import type { Rule, RuleIssue } from './rule';

/** When an environment makes a thing at all, so that one that exists can take its place. */
interface Condition {
  readonly holds: (
    environment: Pick<Environment, 'accessLog' | 'adopt' | 'encryption' | 'host' | 'objectLock'>,
  ) => boolean;
  /** As in `needs bucket`. */
  readonly needs: string;
}

const WITH_BUCKET: Condition = { holds: ({ adopt }) => adopt.includes('bucket'), needs: 'bucket beside it' };
const WITH_ROLE: Condition = {
  holds: ({ adopt, host }) => adopt.includes('role') || host.kind === 'existing-role',
  needs: 'role beside it',
};
const OWN_ROLE: Condition = {
  holds: ({ host }) => host.kind !== 'existing-role',
  needs: 'a kind of host whose role the stack makes',
};

const CONDITIONS: Readonly<Record<Adoptable, readonly Condition[]>> = {
  bucket: [],
  versioning: [WITH_BUCKET],
  encryption: [WITH_BUCKET],
  'public-access-block': [WITH_BUCKET],
  ownership: [WITH_BUCKET],
  'bucket-policy': [WITH_BUCKET],
  lifecycle: [WITH_BUCKET],
  'access-log': [WITH_BUCKET, { holds: ({ accessLog }) => accessLog !== undefined, needs: 'accessLog' }],
  'object-lock': [WITH_BUCKET, { holds: ({ objectLock }) => objectLock !== undefined, needs: 'objectLock' }],
  key: [
    {
      holds: ({ encryption }) => encryption.method === 'AWS-KMS' && encryption.key !== undefined,
      needs: "the key's ARN in encryption.key",
    },
    {
      holds: ({ encryption: { former, givenUp } }) => !former.includes('created') && givenUp.length === 0,
      needs: 'that the environment created no key before it (encryption.former, encryption.givenUp)',
    },
  ],
  alias: [
    { holds: ({ adopt, encryption }) => adopt.includes('key') || createsKey(encryption), needs: 'key beside it' },
  ],
  role: [OWN_ROLE],
  'instance-profile': [WITH_ROLE, { holds: ({ host }) => host.kind === 'ec2', needs: 'host.kind: ec2' }],
  policies: [],
  attachments: [
    WITH_ROLE,
    { holds: ({ adopt }) => adopt.includes('policies'), needs: 'policies beside it' },
    { holds: ({ host }) => host.kind !== 'existing-role' || host.attach, needs: 'host.attach: true' },
  ],
};

function createsKey({ method, former, ...encryption }: Environment['encryption']): boolean {
  const key = 'key' in encryption ? encryption.key : undefined;
  return (method === 'AWS-KMS' && key === undefined) || former.includes('created');
}

function adoptedThingsAreMade(environment: Environment): RuleIssue | undefined {
  for (const thing of environment.adopt) {
    const missing = CONDITIONS[thing].find(({ holds }) => !holds(environment));
    if (missing !== undefined)
      return { path: 'adopt', message: `must not name ${thing}, which needs ${missing.needs}` };
  }
  return undefined;
}

function adoptedThingsAreListedOnce({ adopt }: Environment): RuleIssue | undefined {
  const repeated = adopt.filter((thing, index) => adopt.indexOf(thing) !== index);
  if (repeated.length === 0) return undefined;
  return { path: 'adopt', message: `must list each thing once, got twice: ${repeated.join(', ')}` };
}

function existingRoleKeepsItsName({ host, roleName }: Environment): RuleIssue | undefined {
  if (host.kind !== 'existing-role' || roleName === undefined) return undefined;
  return { path: 'roleName', message: `must be left out where host.role names the role, got: ${roleName}` };
}

/** The rules about what is taken over, in report order. */
export const ADOPTION_RULES: readonly Rule[] = [
  { reads: ['adopt', 'encryption', 'host'], check: adoptedThingsAreMade },
  { reads: ['adopt'], check: adoptedThingsAreListedOnce },
  { reads: ['host'], check: existingRoleKeepsItsName },
];
