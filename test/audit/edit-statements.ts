// biome-ignore lint/suspicious/noExplicitAny: a stack is edited as text would be
export type Json = any;

/** Account of the example stacks. */
export const OWN = '111122223333';

/** Stand for the ARNs of bucket and role in statements that are written. */
export const BUCKET = 'BUCKET';
export const ROLE = 'ROLE';
export const OBJECTS = `${BUCKET}/*`;
export const ALL = [BUCKET, OBJECTS];

const PLACES = {
  bucket: ['aws_s3_bucket_policy', 'backup', 'policy'],
  key: ['aws_kms_key', 'backup', 'policy'],
  s3: ['aws_iam_policy', 's3', 'policy'],
  kms: ['aws_iam_policy', 'kms', 'policy'],
  trust: ['aws_iam_role', 'vault', 'assume_role_policy'],
} as const;
export type Place = keyof typeof PLACES;

/** Edits the statements of one policy; `false` where there is none, or where nothing changes. */
export const edit =
  (place: Place, change: (statements: Json[]) => Json[]) =>
  ({ resource }: Json): boolean => {
    const [type, name, argument] = PLACES[place];
    const given = resource[type]?.[name];
    if (given?.[argument] === undefined || given.count === 0) return false;
    const policy = JSON.parse(given[argument]);
    const bucket: string = resource.aws_s3_bucket.backup.bucket;
    const role: string = resource.aws_iam_role.vault.name;
    const text = JSON.stringify({ ...policy, Statement: change(policy.Statement) })
      .replaceAll(BUCKET, `arn:aws:s3:::${bucket}`)
      .replaceAll(ROLE, `arn:aws:iam::${OWN}:role/${role}`);
    const isChanged = text !== given[argument];
    given[argument] = text;
    return isChanged;
  };
