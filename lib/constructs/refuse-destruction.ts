/**
 * Meta-arguments of a resource that the stack does not make but may have made under an earlier version of its file.
 *
 * `prevent_destroy` goes with the block it stands in, so the block stays: should the state still hold the resource,
 * Terraform refuses every plan, and the operator says in the file what shall become of it.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
 */
export const REFUSE_DESTRUCTION = { count: 0, lifecycle: { preventDestroy: true } } as const;
