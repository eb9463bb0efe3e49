import type { CatalogueAction } from '../../catalogue';
import { compileResources } from '../../iam/statements/elements';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { groupBy } from './group-by';
import { type Sample, type Shape, samplesBy } from './samples';
import { haveFixedResources } from './statement-parts';
import { takenBy } from './taken-types';
import { allPolicies } from './witnesses';

/** A resource that stands for others: whatever is found out about it holds for them. */
export interface AlikeSamples extends Sample {
  /** How many it stands for, itself among them. */
  readonly count: number;
  /** Those that a report tells apart, in their places in the list of all: objects of the bucket go by their part alone. */
  readonly told: readonly PlacedSample[];
}

export interface PlacedSample {
  readonly sample: Sample;
  readonly place: number;
}

/** The first of each kind of resources to ask about, by the resource types that an action takes. */
export function alikeSamplesBy(policies: EnvironmentPolicies): (action: CatalogueAction) => readonly AlikeSamples[] {
  const samplesOf = samplesBy(policies);
  const likenessOf = likenessOfSamples(policies);
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
  const placed = samples.map((sample, place): PlacedSample => ({ sample, place }));
  return groupBy(placed, ({ sample, place }) => likenessOf?.(sample) ?? place).map((group) => {
    const [{ sample }] = group;
    return { ...sample, count: group.length, told: OBJECTS.has(sample.shape) ? group.slice(0, 1) : group };
  });
}

const OBJECTS: ReadonlySet<Shape> = new Set(['backups', 'probes', 'search results']);

/** Objects are alike that play the same part, belong to the same account and fit the same patterns; and so are buckets. */
function likenessOfSamples(policies: EnvironmentPolicies): LikenessOfSamples | undefined {
  const own = allPolicies(policies);
  if (!haveFixedResources(own)) return undefined;
  const patterns = own.flatMap(({ statements }) => statements.flatMap(({ resources }) => resources?.patterns ?? []));
  const tests = [...new Set(patterns)].map((pattern) =>
    compileResources({ negated: false, patterns: [pattern] }, true),
  );
  const ofS3 = `arn:${policies.partition}:s3:::`;
  return ({ arn, isForeign, shape }) => {
    if (!arn.startsWith(ofS3)) return `${arn} ${isForeign}`;
    const fitting = tests.map((fits) => Number(fits(arn, noValue))).join('');
    return `${shape} ${isForeign} ${arn.startsWith(`${policies.bucket.arn}/`)} ${fitting}`;
  };
}

function noValue(): undefined {
  return undefined;
}
