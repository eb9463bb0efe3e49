import type { CatalogueAction } from '../../catalogue';
import type { Policy } from '../../iam';
import { compileResources } from '../../iam/statements/elements';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { type Sample, type Shape, samplesBy } from './samples';
import { haveFixedResources } from './statement-parts';
import { takenBy } from './taken-types';
import { allPolicies } from './witnesses';

/** A resource that stands for others: whatever is found out about it holds for them. */
export interface AlikeSamples extends Sample {
  /** How many it stands for, itself among them. */
  readonly count: number;
}

/** The first of each kind of resources to ask about, by the resource types that an action takes. */
export function alikeSamplesBy(policies: EnvironmentPolicies): (action: CatalogueAction) => readonly AlikeSamples[] {
  const samplesOf = samplesBy(policies);
  const likenessOf = likenessOfSamples(allPolicies(policies));
  const known = new Map<number, readonly AlikeSamples[]>();
  return (action) => {
    const taken = takenBy(action);
    const alike = known.get(taken) ?? groupAlike(samplesOf(action), likenessOf);
    known.set(taken, alike);
    return alike;
  };
}

type LikenessOfSamples = (sample: Sample) => string;

/** Without a likeness, each resource is one of its own. */
function groupAlike(samples: readonly Sample[], likenessOf: LikenessOfSamples | undefined): readonly AlikeSamples[] {
  if (likenessOf === undefined) return samples.map((sample) => ({ ...sample, count: 1 }));
  const groups = new Map<string, AlikeSamples>();
  for (const sample of samples) {
    const likeness = likenessOf(sample);
    const group = groups.get(likeness);
    groups.set(likeness, { ...(group ?? sample), count: (group?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

const OBJECTS: ReadonlySet<Shape> = new Set(['backups', 'probes', 'search results']);

/** Objects of the bucket are alike that play the same part and fit the same patterns. */
function likenessOfSamples(policies: readonly Policy[]): LikenessOfSamples | undefined {
  if (!haveFixedResources(policies)) return undefined;
  const patterns = policies.flatMap(({ statements }) =>
    statements.flatMap(({ resources }) => resources?.patterns ?? []),
  );
  const tests = [...new Set(patterns)].map((pattern) =>
    compileResources({ negated: false, patterns: [pattern] }, true),
  );
  return ({ arn, isForeign, shape }) =>
    OBJECTS.has(shape) ? `${shape} ${tests.map((fits) => Number(fits(arn, noValue))).join('')}` : `${arn} ${isForeign}`;
}

function noValue(): undefined {
  return undefined;
}
