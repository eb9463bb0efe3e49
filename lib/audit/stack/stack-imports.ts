import { type Arguments, requireObject } from './arguments';

/** Something that exists and that a stack takes over. */
export interface StackImport {
  readonly address: string;
  /** Import id, by which AWS's provider finds it. */
  readonly id: string;
}

/** As much of a resource as an import is held against. */
interface Importable {
  readonly address: string;
  readonly type: string;
  readonly arguments: Arguments;
}

/** The argument that an import id repeats, by type: then what is taken over is what the resource itself names. */
const NAMED_BY: Readonly<Record<string, string>> = {
  aws_iam_instance_profile: 'name',
  aws_iam_role: 'name',
  aws_kms_alias: 'name',
  aws_s3_bucket: 'bucket',
};
/** Types whose id AWS chose, or that is made of other names; what they say of access is read as for any other. */
const NAMED_ELSEWHERE: readonly string[] = ['aws_iam_policy', 'aws_iam_role_policy_attachment', 'aws_kms_key'];

export function readImports(stack: Arguments): readonly StackImport[] {
  return blocksIn(stack).map(({ to, id }) => ({ address: addressOf(to), id: String(id) }));
}

/** Imports of what is not in the stack, or of something else than the resource says, or in a way that is not read here. */
export function importDoubts(stack: Arguments, resources: readonly Importable[]): readonly string[] {
  return blocksIn(stack).flatMap((block) => {
    const { to, id, ...more } = block;
    const resource = resources.find(({ address }) => address === addressOf(to));
    const text = JSON.stringify(block);
    if (resource === undefined || Object.keys(more).length > 0 || typeof id !== 'string' || id.includes('${'))
      return [`the stack has 'import' ${text}, of which nothing more is read`];
    return isOfResource(resource, id) ? [] : [`the stack imports ${id} as ${resource.address}, which is another thing`];
  });
}

function isOfResource({ type, arguments: given }: Importable, id: string): boolean {
  if (NAMED_ELSEWHERE.includes(type)) return true;
  const argument = NAMED_BY[type];
  if (argument !== undefined) return given[argument] === id;
  const { bucket } = given;
  if (!type.startsWith('aws_s3_bucket_')) return false;
  return bucket === id || /^\$\{aws_s3_bucket\.[\w-]+\.(bucket|id)\}$/.test(String(bucket));
}

function blocksIn({ import: given = [] }: Arguments): readonly Arguments[] {
  return (Array.isArray(given) ? given : [given]).map((one) => requireObject(one, "'import'"));
}

/** Terraform's JSON takes an address as it is, or as an expression. */
function addressOf(to: unknown): string {
  return String(to).replace(/^\$\{(.*)\}$/, '$1');
}
