// biome-ignore lint/suspicious/noExplicitAny: the arguments of any resource, as Terraform writes them
type Values = any;

export interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly before: Values; readonly after: Values };
  }[];
}

const KEPT = [
  ...['aws_kms_key', 'aws_s3_bucket', 'aws_s3_bucket_object_lock_configuration', 'aws_s3_bucket_versioning'],
  ...['aws_iam_instance_profile', 'aws_iam_role'],
];

/** Reads how long something holds; more is better, and 0 is not at all. */
type Measure = (values: Values) => number;

const MEASURES: Readonly<Record<string, readonly (readonly [what: string, measure: Measure])[]>> = {
  aws_s3_bucket_lifecycle_configuration: [['days of old versions', daysOfOldVersions]],
  aws_s3_bucket_object_lock_configuration: [
    ['days of retention', (values) => retentionOf(values).days ?? 0],
    ['mode of retention', (values) => ['', 'GOVERNANCE', 'COMPLIANCE'].indexOf(retentionOf(values).mode ?? '')],
  ],
  aws_s3_bucket_versioning: [
    ['versioning', (values) => Number(values.versioning_configuration[0].status === 'Enabled')],
  ],
  aws_kms_key: [
    ['the refusal of its deletion', (values) => Number(!values.policy.includes('kms:ScheduleKeyDeletion'))],
  ],
};

/** Things that a plan ends sooner than before: a second opinion on the audit, about edits of our file. */
export function lossesOf({ resource_changes: changes }: Plan): readonly string[] {
  return changes.flatMap(({ address, type, change: { actions, before, after } }) => {
    if (KEPT.includes(type) && actions.some((one) => one === 'delete' || one === 'forget')) return [`${address} goes`];
    if (before === null || after === null) return [];
    return (MEASURES[type] ?? [])
      .filter(([, measure]) => measure(after) < measure(before))
      .map(([what, measure]) => `${address}: ${what} from ${measure(before)} to ${measure(after)}`);
  });
}

function retentionOf(values: Values): { readonly mode?: string; readonly days?: number } {
  return values.rule?.[0]?.default_retention?.[0] ?? {};
}

function daysOfOldVersions(values: Values): number {
  const days = values.rule
    .flatMap((rule: Values) => rule.noncurrent_version_expiration ?? [])
    .map((one: Values) => one.noncurrent_days);
  return days.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...days);
}
