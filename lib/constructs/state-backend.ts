import { LocalBackend, S3Backend, TerraformBackend, type TerraformRemoteState, type TerraformStack } from 'cdktf';

export type StateBackendProps =
  | { readonly kind: 'local'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      readonly kmsKey?: string;
    }
  | CloudProps;

interface CloudProps {
  readonly kind: 'cloud';
  readonly organization: string;
  readonly workspace: string;
  readonly hostname?: string;
}

/**
 * Declares where Terraform keeps the state. In S3 it is encrypted and locked, always.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export function addStateBackend(stack: TerraformStack, props: StateBackendProps): void {
  if (props.kind === 'local') new LocalBackend(stack, { path: props.path });
  else if (props.kind === 'cloud') new CloudState(stack, props);
  else {
    const { bucket, key, region, kmsKey } = props;
    const backend = new S3Backend(stack, { bucket, key, region, encrypt: true, ...(kmsKey && { kmsKeyId: kmsKey }) });
    backend.addOverride('use_lockfile', true);
  }
}

/**
 * The `cloud` block. CDKTF's own asks the Terraform of the machine for its version whenever it is synthesized.
 *
 * @see https://developer.hashicorp.com/terraform/cli/cloud/settings
 */
class CloudState extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly props: CloudProps,
  ) {
    super(stack, 'backend', 'cloud');
  }

  override toTerraform() {
    const { organization, workspace, hostname } = this.props;
    return { terraform: { cloud: { organization, workspaces: { name: workspace }, ...(hostname && { hostname }) } } };
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error('no stack refers to another');
  }
}
