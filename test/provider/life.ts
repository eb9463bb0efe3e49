/** One edit of the environment file: its lines about encryption and lock. */
export interface Edit {
  readonly title: string;
  readonly encryption: object;
  readonly objectLock?: object;
  /** The result of applying it, and the plan after it. */
  readonly comesTo: string;
}

export const NAME = 'acme';
export const EXISTING_KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
export const REFUSED = 'Instance cannot be destroyed';

const CREATED_AS_FORMER = { method: 'AWS-KMS', key: EXISTING_KEY, former: ['created'] };
const DONE = 'applied, then no-changes';

/** The life of one environment, edit after edit. */
export const EDITS: readonly Edit[] = [
  { title: 'keys of S3', encryption: { method: 'AES-256' }, comesTo: DONE },
  { title: 'a created key', encryption: { method: 'AWS-KMS' }, comesTo: DONE },
  { title: 'the created key forgotten', encryption: { method: 'AES-256' }, comesTo: REFUSED },
  {
    title: 'another key, the created one forgotten',
    encryption: { method: 'AWS-KMS', key: EXISTING_KEY },
    comesTo: REFUSED,
  },
  {
    title: 'an existing key, beside the created one of earlier backups',
    encryption: CREATED_AS_FORMER,
    comesTo: DONE,
  },
  {
    title: 'Object Lock switched on',
    encryption: CREATED_AS_FORMER,
    objectLock: { mode: 'GOVERNANCE', retentionDays: 1 },
    comesTo: DONE,
  },
  { title: 'Object Lock forgotten', encryption: CREATED_AS_FORMER, comesTo: REFUSED },
  {
    title: 'Object Lock ended, and the created key given up',
    encryption: { method: 'AWS-KMS', key: EXISTING_KEY, givenUp: ['created'] },
    objectLock: { mode: 'GOVERNANCE', retentionDays: 1, ended: true },
    comesTo: DONE,
  },
];

/** The whole file, which is called otherwise than its environment. */
export function environmentFile({ encryption, objectLock }: Pick<Edit, 'encryption' | 'objectLock'>): object {
  return {
    name: NAME,
    label: 'Acme',
    account: '111122223333',
    region: 'us-east-2',
    bucket: 'acme-vault-backup',
    host: { kind: 'ec2' },
    encryption,
    ...(objectLock && { objectLock }),
  };
}
