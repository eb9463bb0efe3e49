import type { WaiverEntry } from '../audit/waivers/waiver';
import type { ControlPlane } from '../aws/control-plane';
import { isSimulatedServer } from '../aws/simulated-server';
import type { Catalogue } from '../catalogue';
import { isForeignRole, roleAccount, roleArn } from '../policy/resource-names';
import { identifyOperator } from '../verify/operator/operator-identity';
import { doubtsOf } from '../verify/result/doubts';
import { ADOPTION_VERSION, type Adoption } from './adoption';
import type { DescribedBucket } from './described';
import type { Found } from './found/found';
import { readFound } from './found/read-found';
import { judgeAdoption, verdictOf } from './judge-adoption';
import { readValue } from './judgements/judgement';
import { seenObjects } from './judgements/objects';
import { madeIn, thereIn } from './judgements/presence';
import type { Wanted } from './wanted';

interface ExamineOptions {
  readonly wanted: Wanted;
  readonly controlPlane: ControlPlane;
  readonly catalogue: Catalogue;
  readonly accepted: readonly WaiverEntry[];
  readonly now: Date;
  /** Whether answers of others than AWS are good enough, as in a rehearsal. @default false */
  readonly acceptsOtherEndpoints?: boolean;
}

/** Sources that have a say and are not read. */
const NOT_ASSESSED = [
  'service control policies, resource control policies and VPC endpoint policies: they can only take away',
  'access points of other accounts, and those for several regions',
  'the account’s own Block Public Access (aws s3control get-public-access-block)',
  'identity policies of others than the role: whoever they let use bucket or key is taken for an administrator',
  'access control lists of single objects, which no longer count once the bucket’s are off',
];

function notAskedOfOwner(environment: Wanted['environment']): readonly string[] {
  if (!isForeignRole(environment)) return [];
  return [
    `the role ${roleArn(environment)} itself, which only account ${roleAccount(environment)} can read: it is taken to have the policies that emit writes to host/`,
  ];
}

/**
 * Says what would change if Terraform took over the existing things that the environment file names. It only reads.
 *
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `AnotherAccount`, `NotIdentified`
 */
export async function examineAdoption(options: ExamineOptions): Promise<Adoption> {
  const { wanted, controlPlane, acceptsOtherEndpoints = false, ...judging } = options;
  const { account, region, bucket, environment, policies } = wanted;
  const operator = await identifyOperator(controlPlane, {
    environment: environment.name,
    aws: { account, region, roleArn: policies.role.arn },
  });
  const found = await readFound(controlPlane, wanted);
  const sides = { found, wanted, now: judging.now };
  const items = judgeAdoption(sides, judging);
  const there = thereIn(sides);
  const answeredBy = controlPlane.endpoints();
  const doubts = doubtsOf({ answeredBy, acceptsOtherEndpoints });
  const objects = seenObjects(sides);
  const described = describeBucket(found);
  return {
    version: ADOPTION_VERSION,
    environment: environment.name,
    ...{ account, region, bucket },
    verdict: doubts.length > 0 ? 'fail' : verdictOf(items),
    operator: operator.arn,
    ...([...controlPlane.serverNames()].some(isSimulatedServer) && { simulated: true as const }),
    exists: there,
    imports: wanted.adopt.filter((thing) => there.includes(thing)),
    makes: madeIn(sides),
    items,
    ...(objects && { objects }),
    ...(described && { described }),
    doubts,
    answeredBy,
    notAssessed: [...NOT_ASSESSED, ...notAskedOfOwner(environment)],
    warnings: operator.warning === undefined ? [] : [operator.warning],
  };
}

/** The bucket as it was read, for a rehearsal; `undefined` where there is none. */
function describeBucket({ bucket, lifecycleArguments, objects }: Found): DescribedBucket | undefined {
  if (!bucket.region.answer.ok) return undefined;
  const policy = readValue(bucket.policy);
  const versioning = readValue(bucket.versioning)?.Status;
  const objectOwnership = readValue(bucket.ownership)?.ObjectOwnership;
  const lifecycle = readValue(lifecycleArguments) as { rule?: DescribedBucket['lifecycleRules'] } | undefined;
  return {
    ...(policy !== undefined && { policy }),
    ...(versioning !== undefined && { versioning }),
    ...(objectOwnership !== undefined && { objectOwnership }),
    tags: { ...readValue(bucket.tags) },
    lifecycleRules: lifecycle?.rule ?? [],
    objects: (readValue(objects) ?? []).map(({ archive, ...stored }) => stored),
  };
}
