import type { Catalogue, CatalogueAction } from '../../catalogue';
import { onceForEach } from '../once-for-each';
import { type EnvironmentPolicies, findKey } from '../policies/environment-policies';
import type { Caller } from './callers';
import { EXPECTED_OF_ROLES } from './expected';
import { actionsOfNamedServices, namedActions } from './named-actions';
import { isKey, type Sample, type Shape } from './samples';

/** The service that asks the environment's own policy on a resource of this shape. */
const ASKING_SERVICE: Readonly<Partial<Record<Shape, string>>> = {
  'the bucket': 's3:',
  backups: 's3:',
  probes: 's3:',
  'search results': 's3:',
  'the key': 'kms:',
  'a former key': 'kms:',
  'the role': 'sts:',
};

/** Whether any policy of the environment on a resource is asked for the action. */
function isAsked(action: string): boolean {
  return SERVICES.some((service) => action.startsWith(service));
}

const SERVICES = [...new Set(Object.values(ASKING_SERVICE))];

const askedActions = onceForEach(({ services, actionsOf }: Catalogue): readonly CatalogueAction[] =>
  services.filter((service) => isAsked(`${service}:`)).flatMap(actionsOf),
);

/** The services of the actions that concern the role whatever its policies name. */
const ALWAYS_ASKED = [...SERVICES, ...EXPECTED_OF_ROLES].map((name) => name.slice(0, name.indexOf(':')));

/** Questions that a caller need not be asked. */
export interface Scope {
  /** Every action that concerns it; the same list for callers of whom the same is asked. */
  readonly candidates: (catalogue: Catalogue) => readonly CatalogueAction[];
  /** Whether there is anything to ask about the action at all. */
  readonly concerns: (action: string) => boolean;
  /** Leaves out the resources that the action need not be tried on. */
  readonly narrow: <One extends Sample>(action: string, samples: readonly One[]) => readonly One[];
}

/** Whether the role is expected to be able to do something. */
type IsExpected = (action: string, sample: Sample) => boolean;

/**
 * The questions for a caller: every action for the role; for others, the actions that bucket, key and role let them do.
 *
 * The policies of a key or a role that exists already are not known, so nobody but the role is asked about them.
 */
export function scopeOf(
  { kind, ...caller }: Caller,
  policies: EnvironmentPolicies,
  isExpected: IsExpected = () => false,
): Scope {
  if (kind === 'role') return scopeOfRole(caller, isExpected);
  const { alone, others } = narrowings(policies);
  return { candidates: askedActions, concerns: isAsked, narrow: kind === 'role-alone' ? alone : others };
}

type Narrow = Scope['narrow'];

/** Of one environment, for the role's own policies alone and for everybody else. */
const narrowings = onceForEach((policies: EnvironmentPolicies) => {
  const isUnknownKey = ({ arn, shape }: Sample) => isKey(shape) && findKey(policies, arn)?.policy === undefined;
  const isUnknownRole = ({ shape }: Sample) => shape === 'the role' && policies.role.trust === undefined;
  return {
    alone: narrowing(({ shape }) => shape !== 'the role'),
    others: narrowing((sample) => !isUnknownKey(sample) && !isUnknownRole(sample)),
  };
});

/** Lists of resources are narrowed once for all actions of a service. */
function narrowing(isWithin: (sample: Sample) => boolean): Narrow {
  const known = new WeakMap<readonly Sample[], Map<string, readonly Sample[]>>();
  return <One extends Sample>(action: string, samples: readonly One[]): readonly One[] => {
    const service = action.slice(0, action.indexOf(':') + 1);
    const byService = known.get(samples) ?? new Map<string, readonly Sample[]>();
    known.set(samples, byService);
    const narrowed = byService.get(service) ?? samples.filter((one) => hasOwnPolicy(service, one) && isWithin(one));
    byService.set(service, narrowed);
    return narrowed as readonly One[];
  };
}

/**
 * Where no statement of the role's policies names the action, only a policy of the environment on the resource itself
 * could still allow it; other resources then make no difference, unless the role should be able to.
 */
function scopeOfRole({ identity }: Pick<Caller, 'identity'>, isExpected: IsExpected): Scope {
  const isNamed = namedActions(identity);
  const concerns = (action: string) => isAsked(action) || EXPECTED_OF_ROLES.has(action) || isNamed(action);
  return {
    candidates: (catalogue) =>
      actionsOfNamedServices(identity, ALWAYS_ASKED, catalogue).filter(({ name }) => concerns(name)),
    concerns,
    narrow: (action, samples) =>
      isNamed(action)
        ? samples
        : samples.filter((sample) => hasOwnPolicy(action, sample) || isExpected(action, sample)),
  };
}

/** Whether a policy of the environment stands on the resource and is asked for this action. */
function hasOwnPolicy(action: string, { isForeign, shape }: Sample): boolean {
  const service = isForeign ? undefined : ASKING_SERVICE[shape];
  return service !== undefined && action.startsWith(service);
}
