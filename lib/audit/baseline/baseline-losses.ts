import { partitionOf } from '../../config/partition';
import { KEPT } from '../losses/comparisons';
import { decryptLosses } from '../losses/decrypt-losses';
import type { Loss } from '../losses/loss';
import { lossesOf } from '../losses/losses-between';
import { placeLosses } from '../losses/place-losses';
import { holdingOf } from '../losses/recorded-holdings';
import type { AuditReport, RecordedResource } from '../report/audit-report';
import type { KeyAccess } from '../rule-kit/key-access';
import { ABSENT, known } from '../stack/answer';
import type { Place } from '../stack/place';
import type { Whereabouts } from '../stack/plan/whereabouts';
import { policiesOfReport } from './recorded-policies';

/** Things that have ended, or end sooner, since a report was approved. */
export function baselineLosses(baseline: AuditReport, report: AuditReport): readonly Loss[] {
  const place = placeOf(report);
  const today = new Map(report.resources.map((resource) => [resource.address, resource]));
  const before = new Map(baseline.resources.map((resource) => [resource.address, resource]));
  return [
    ...placeLosses([whereaboutsOf(baseline)], place),
    ...baseline.resources.flatMap((resource) => lossesSince(resource, today.get(resource.address), place)),
    ...report.resources
      .filter(({ address }) => !before.has(address))
      .flatMap((resource) => lossesOf({ after: holdingOf(resource) ?? { ...resource, settings: {} } }, place)),
    ...readingLosses(baseline, report),
  ];
}

function lossesSince(was: RecordedResource, is: RecordedResource | undefined, place: Partial<Place>): readonly Loss[] {
  const before = holdingOf(was);
  if (is === undefined) {
    const { address, type } = was;
    return lossesOf({ before: before ?? { address, type, settings: {} }, goes: 'it is no longer in the stack' }, place);
  }
  const after = holdingOf(is);
  if (before !== undefined && after !== undefined) return lossesOf({ before, after }, place);
  const isComparable = was.sha256 === is.sha256 || (KEPT[was.type]?.comparisons ?? []).length === 0;
  return isComparable ? [] : [notComparable(was.address)];
}

function notComparable(address: string): Loss {
  const detail =
    'it has changed, and the baseline is of an earlier version that did not keep what it was: approve a new one';
  return { address, what: 'not-comparable', detail, isCertain: false, evidence: [] };
}

/** Nothing is compared where one of the two reports has no policies; another finding says so. */
function readingLosses(baseline: AuditReport, report: AuditReport): readonly Loss[] {
  const [before, after] = [keyAccessOfReport(baseline), keyAccessOfReport(report)];
  return before === undefined || after === undefined ? [] : decryptLosses(before, after);
}

function keyAccessOfReport(report: AuditReport): KeyAccess | undefined {
  if (report.access === undefined) return undefined;
  const { role, bucket, key, formerKeys } = policiesOfReport(report, report.access);
  const address = report.resources.find(({ type }) => type === 'aws_iam_role')?.address ?? 'output.backup_environment';
  const { arn, identity: policies, boundary } = role;
  return {
    readers: [{ address, arn, policies, isComplete: true, ...(boundary && { boundary }) }],
    keys: [...(key ? [key] : []), ...formerKeys].map((one) => ({
      arn: one.arn,
      policy: one.policy === undefined ? ABSENT : known(one.policy),
    })),
    bucketArns: [bucket.arn],
  };
}

function whereaboutsOf({ account, region }: AuditReport): Whereabouts {
  const isKnown = (text: string) => text !== 'unknown';
  return { address: 'provider.aws', ...(isKnown(account) && { account }), ...(isKnown(region) && { region }) };
}

function placeOf({ account, region }: AuditReport): Partial<Place> {
  const partition = partitionOf(region);
  return {
    ...(account !== 'unknown' && { account }),
    ...(partition !== undefined && { region, partition }),
  };
}
