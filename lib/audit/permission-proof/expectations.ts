import { ToolkitError } from '../../errors';
import { type EnvironmentPolicies, foreignRoleAccount } from '../policies/environment-policies';
import type { CallerKind } from './callers';
import {
  CAPABILITY_GRANTS,
  type ExpectedPermission,
  FORMER_KEY_USE_ACTIONS,
  type Grant,
  KEY_CARE,
  KEY_CARE_ACTIONS,
  KEY_ENDING_ACTIONS,
  KEY_NAMED,
  KEY_USE_ACTIONS,
  type KeyOrigin,
  keyUseRequirements,
  OVER_TLS,
  ownBucket,
  type Requirement,
  type Responsible,
  UNCONTROLLED,
  UPLOAD_REQUIREMENTS,
  VERIFICATION_GRANTS,
} from './expected';
import { hostServiceOf } from './host-service';
import type { Shape } from './samples';

const ON_BUCKET: readonly Shape[] = ['the bucket', 'backups', 'probes', 'search results'];

/** The access that callers are expected to have. */
export interface Expectations {
  /** `undefined` for nothing. */
  readonly find: (caller: CallerKind, action: string, shape: Shape) => ExpectedPermission | undefined;
  /** Actions of which something is expected by their name: those of one caller with the same mark are expected alike. */
  readonly marks: (caller: CallerKind) => ReadonlyMap<string, string>;
}

/**
 * The access that the environment's capabilities and its encryption call for.
 *
 * @throws {ToolkitError} `UnknownCapability`
 */
export function expectationsOf(policies: EnvironmentPolicies): Expectations {
  const byCaller: Readonly<Record<CallerKind, readonly ExpectedPermission[]>> = {
    role: [...roleGrants(policies, bucketRequirements(policies)), ...keyUse(policies, 'identity'), UNCONTROLLED],
    'role-alone': [...roleGrants(policies, () => []), ...keyUse(policies, 'identity'), UNCONTROLLED],
    'role-unlimited': [...givenByBucketAndKey(policies), ...keyUse(policies, 'key')],
    'role-without-policies': [],
    administrator: openToAccount(policies),
    'without-policies': keyAdministration(),
    host: hostServiceOf(policies)?.expected ?? [],
    outsider: [],
  };
  const indexes = new Map(Object.entries(byCaller).map(([caller, all]) => [caller, indexByAction(all)] as const));
  return {
    find: (caller, action, shape) =>
      indexes
        .get(caller)
        ?.about(action)
        .find(({ on }) => on.includes(shape)),
    marks: (caller) => indexes.get(caller)?.marks ?? new Map(),
  };
}

/** What is expected of each action, in order; of most actions nothing is by their name. */
function indexByAction(all: readonly ExpectedPermission[]) {
  const ofEvery = all.filter(({ actions }) => actions === 'every');
  const named = new Map<string, readonly ExpectedPermission[]>();
  const marks = new Map<string, string>();
  for (const action of new Set(all.flatMap(namesIn))) {
    const about = all.filter(({ actions }) => actions === 'every' || actions.includes(action));
    named.set(action, about);
    marks.set(action, about.map((one) => all.indexOf(one)).join());
  }
  return { about: (action: string) => named.get(action) ?? ofEvery, marks };
}

function namesIn({ actions }: ExpectedPermission): readonly string[] {
  return actions === 'every' ? [] : actions;
}

type RequirementsOf = (action: string) => readonly Requirement[];

function roleGrants({ declared }: EnvironmentPolicies, requirementsOf: RequirementsOf): readonly ExpectedPermission[] {
  return grantsTo(declared).flatMap(({ statement, on, actions, ...rest }) =>
    actions.map((action) => ({
      actions: [action],
      on,
      onlyIf: on.includes('no resource') ? [] : [ownBucket(statement), ...requirementsOf(action)],
      by: { layer: 'identity', statement },
      ...rest,
    })),
  );
}

/** Permissions that the capabilities need, and those of verification, which is no capability of Vault. */
function grantsTo({
  capabilities,
}: EnvironmentPolicies['declared']): readonly (Grant & Pick<ExpectedPermission, 'isOptional'>)[] {
  return [
    ...capabilities.flatMap(grantsOf),
    ...VERIFICATION_GRANTS.map((grant) => ({ ...grant, isOptional: true as const })),
  ];
}

function grantsOf(capability: string) {
  const grants = CAPABILITY_GRANTS[capability];
  if (grants !== undefined) return grants;
  const known = Object.keys(CAPABILITY_GRANTS).join(', ');
  throw new ToolkitError('UnknownCapability', `'capabilities' must be of ${known}, got: ${capability}`);
}

function bucketRequirements(policies: EnvironmentPolicies, isRole = true): RequirementsOf {
  const isForeign = isRole && foreignRoleAccount(policies) !== undefined;
  const uploads = [...UPLOAD_REQUIREMENTS[keyOriginOf(policies)], ...(isForeign ? [KEY_NAMED] : [])];
  return (action) => (action === 's3:PutObject' ? [...OVER_TLS, ...uploads] : OVER_TLS);
}

/** The role, were its own policies to allow everything: in the account only refusals hold it back, of another only grants let it in. */
function givenByBucketAndKey(policies: EnvironmentPolicies): readonly ExpectedPermission[] {
  if (foreignRoleAccount(policies) === undefined) return openToAccount(policies);
  const requirementsOf = bucketRequirements(policies);
  return grantsTo(policies.declared).flatMap(({ statement, on, actions, ...rest }) =>
    actions.map((action) => ({
      actions: [action],
      on,
      onlyIf: requirementsOf(action),
      by: { layer: 'resource', statement },
      ...rest,
    })),
  );
}

/** Whose own policies allow everything is held back by bucket and key policy alone; they may hold everybody back from more. */
function openToAccount(policies: EnvironmentPolicies): readonly ExpectedPermission[] {
  const requirementsOf = bucketRequirements(policies, false);
  const by = { layer: 'identity', statement: 'Everything' } as const;
  return [
    { actions: ['s3:PutObject'], on: ON_BUCKET, onlyIf: requirementsOf('s3:PutObject'), by, isOptional: true },
    { actions: 'every', on: ON_BUCKET, onlyIf: requirementsOf(''), by, isOptional: true },
    ...keyAdministration(),
  ];
}

function keyUse(policies: EnvironmentPolicies, layer: 'identity' | 'key'): readonly ExpectedPermission[] {
  const { key, bucket } = policies;
  const current = useOf('the key', KEY_USE_ACTIONS, { layer, statement: 'UseKeyThroughS3' }, bucket.bucketKey);
  const reading = layer === 'key' ? 'UseKeyThroughS3' : 'ReadWithFormerKeysThroughS3';
  const former = useOf('a former key', FORMER_KEY_USE_ACTIONS, { layer, statement: reading }, true);
  return key === undefined ? [former] : [current, former];
}

function useOf(on: Shape, actions: readonly string[], by: Responsible, bucketKey: boolean): ExpectedPermission {
  return { actions, on: [on], onlyIf: keyUseRequirements(by, bucketKey), by };
}

/** Nobody has to be able to; that somebody is, is a claim of its own. */
function keyAdministration(): readonly ExpectedPermission[] {
  const actions = [...KEY_CARE_ACTIONS, ...KEY_ENDING_ACTIONS];
  return [{ actions, on: ['the key', 'a former key'], onlyIf: [], by: KEY_CARE, isOptional: true }];
}

function keyOriginOf({ declared, key }: EnvironmentPolicies): KeyOrigin {
  if (declared.method === 'AES-256') return 'of S3';
  return key?.policy === undefined ? 'existing' : 'created';
}
