type Arguments = Readonly<Record<string, unknown>>;

const first = (value: unknown): Arguments | undefined => (Array.isArray(value) ? value : [value])[0] as Arguments;

/** A lifecycle rule as S3 has it, from Terraform's arguments. */
export function lifecycleRule(rule: Arguments) {
  const [filter, expiration, versions, uploads] = [
    first(rule.filter),
    first(rule.expiration),
    first(rule.noncurrent_version_expiration),
    first(rule.abort_incomplete_multipart_upload),
  ];
  return defined({
    ID: rule.id,
    Status: rule.status,
    Filter: defined({ Prefix: filter?.prefix ?? '' }),
    Expiration: expiration && defined({ Days: expiration.days, Date: expiration.date }),
    NoncurrentVersionExpiration:
      versions &&
      defined({
        NoncurrentDays: versions.noncurrent_days,
        NewerNoncurrentVersions: versions.newer_noncurrent_versions,
      }),
    AbortIncompleteMultipartUpload: uploads && { DaysAfterInitiation: uploads.days_after_initiation },
    Transition: movesOf(rule.transition, 'days', 'Days'),
    NoncurrentVersionTransition: movesOf(rule.noncurrent_version_transition, 'noncurrent_days', 'NoncurrentDays'),
  });
}

function movesOf(moves: unknown, days: string, Days: string) {
  const list = (Array.isArray(moves) ? moves : []) as readonly Arguments[];
  return list.length === 0
    ? undefined
    : list.map((move) => defined({ [Days]: move[days], StorageClass: move.storage_class }));
}

/** Numbers as text, as XML has them. */
function defined(content: Arguments): Record<string, never> {
  const entries = Object.entries(content).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  ) as Record<string, never>;
}
