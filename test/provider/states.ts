/** State settings of an environment file, and how each is tried with the real Terraform. */
export interface TriedState {
  readonly title: string;
  readonly state: object;
  /** The object that holds it; missing where it is in a workspace, which only HCP Terraform has. */
  readonly object?: string;
  /** The region of its bucket. */
  readonly region: string;
  readonly keyArn?: string;
}

export const STATE_BUCKET = 'acme-state';
/** Terraform's backend takes no id that is not a UUID by its digits. */
export const STATE_KEY_ID = '1234abcd-12ab-44cd-86ef-1234567890ab';
const STATE_KEY = `arn:aws:kms:eu-west-1:111122223333:key/${STATE_KEY_ID}`;

/** Every option of `state`. */
export const STATES: readonly TriedState[] = [
  {
    title: 'below a prefix',
    state: { s3: { bucket: STATE_BUCKET, prefix: 'vault/' } },
    object: 'vault/aes-256.tfstate',
    region: 'us-east-2',
  },
  {
    title: 'under a key of its own, in another region, encrypted with a KMS key',
    state: { s3: { bucket: STATE_BUCKET, key: 'acme.tfstate', region: 'eu-west-1', kmsKey: STATE_KEY } },
    object: 'acme.tfstate',
    region: 'eu-west-1',
    keyArn: STATE_KEY,
  },
  {
    title: 'in a workspace of HCP Terraform',
    state: { cloud: { organization: 'acme' } },
    region: 'us-east-2',
  },
  {
    title: 'in a workspace of another host',
    state: { cloud: { organization: 'acme', workspace: 'vault', hostname: 'tfe.acme.example' } },
    region: 'us-east-2',
  },
];
