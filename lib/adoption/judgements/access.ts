import { comparePermissions } from '../../audit/permission-drift/compare-permissions';
import { describeDrift } from '../../audit/permission-drift/describe-drift';
import type { DriftKind, PermissionDrift } from '../../audit/permission-drift/drift';
import type { EnvironmentPolicies } from '../../audit/policies/environment-policies';
import type { Catalogue } from '../../catalogue';
import { ToolkitError } from '../../errors';
import { parsePolicy } from '../../iam';
import type { AdoptionItem, AdoptionVerdict } from '../adoption';
import type { Found } from '../found/found';
import type { Wanted } from '../wanted';
import { item, type Sides } from './judgement';

/** Meaning of a difference for anybody but the role. */
const OF_OTHERS: Readonly<Record<DriftKind, AdoptionVerdict>> = {
  gained: 'lets-in',
  widened: 'loosens',
  lost: 'locks-out',
  narrowed: 'tightens',
  moved: 'lets-in',
};

/** Meaning for the role, which is to have what the stack says and nothing else. */
const OF_ROLE: Readonly<Record<DriftKind, AdoptionVerdict>> = {
  gained: 'loosens',
  widened: 'loosens',
  lost: 'tightens',
  narrowed: 'tightens',
  moved: 'loosens',
};

/** Callers of the comparison that are the role in some light, and not one by one of interest. */
const OTHER_LIGHTS = /^the role(?:'s own policies|, were| without)|, without policies of its own$/;

/** Who can do more, or less, afterwards, by evaluation of the policies of today and of the stack. */
export function judgeAccess({ found, wanted }: Sides, catalogue: Catalogue): readonly AdoptionItem[] {
  const refused = refusalIn(found, wanted);
  if (refused !== undefined) return [unknown(refused)];
  try {
    const before = policiesOfToday(found, wanted);
    return comparePermissions({ before, after: wanted.policies, catalogue })
      .filter(({ caller }) => !OTHER_LIGHTS.test(caller))
      .map(toItem);
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return [unknown(error.message)];
  }
}

function unknown(because: string): AdoptionItem {
  return item('access/all', { verdict: 'unknown', detail: `who can do what today could not be evaluated: ${because}` });
}

function toItem(drift: PermissionDrift): AdoptionItem {
  const { caller, kind, actions } = drift;
  const verdict = (caller.startsWith('the role') ? OF_ROLE : OF_OTHERS)[kind];
  return item(`access/${caller}/${kind}/${actions[0] ?? ''}${actions.length > 1 ? '+' : ''}`, {
    verdict,
    detail: describeDrift(drift),
  });
}

/** The policies of today in place of the stack's, as far as the stack takes over what they stand on. */
function policiesOfToday(found: Found, { adopt, policies }: Wanted): EnvironmentPolicies {
  const { policy: _of, ...bucket } = policies.bucket;
  const live = takenOver(found.bucket.policy);
  const role = takenOver(found.role);
  const bucketPolicy = live === undefined ? {} : { policy: parsePolicy(live, 'bucket policy', { kind: 'resource' }) };
  const [ofKey] = found.keys;
  const keyPolicy = ofKey && takenOver(ofKey.policy);
  return {
    ...policies,
    bucket: { ...bucket, ...bucketPolicy },
    ...(adopt.includes('role') &&
      role !== undefined && {
        role: {
          arn: policies.role.arn,
          trust: parsePolicy(role.trust, 'trust policy', { kind: 'trust' }),
          ...identityOf(found),
        },
      }),
    ...(adopt.includes('key') &&
      policies.key !== undefined &&
      keyPolicy !== undefined && {
        key: { ...policies.key, policy: parsePolicy(keyPolicy, 'key policy', { kind: 'resource' }) },
      }),
  };
}

function identityOf({ attached, inline, boundary }: Found) {
  const limit = takenOver(boundary);
  return {
    identity: [
      ...(takenOver(attached) ?? []).map(({ arn, document }) => parsePolicy(document, arn, { kind: 'identity' })),
      ...(takenOver(inline) ?? []).map(({ name, document }) =>
        parsePolicy(document, `inline policy ${name}`, { kind: 'identity' }),
      ),
    ],
    ...(limit !== undefined && { boundary: parsePolicy(limit, 'permissions boundary', { kind: 'identity' }) }),
  };
}

function takenOver<T>({
  answer,
}: {
  readonly answer: { readonly ok: true; readonly value: T } | { readonly ok: false };
}): T | undefined {
  return answer.ok ? answer.value : undefined;
}

/** Sources that have a say and could not be read. */
function refusalIn(found: Found, { adopt }: Wanted): string | undefined {
  const reads = [
    ...(adopt.includes('bucket') ? [found.bucket.policy] : []),
    ...(adopt.includes('role') ? [found.role, found.attached, found.inline, found.boundary] : []),
    ...(adopt.includes('key') ? found.keys.slice(0, 1).map(({ policy }) => policy) : []),
  ];
  for (const { call, answer } of reads) if (!answer.ok) return `${call} answered ${answer.code}: ${answer.message}`;
  return undefined;
}
