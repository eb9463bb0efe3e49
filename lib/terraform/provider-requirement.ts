/** The one provider that a stack needs, and the versions that it accepts: the same as in the stack's own constraint. */
export const AWS_PROVIDER = {
  source: 'hashicorp/aws',
  constraint: '>= 5.100.0, < 7.0.0',
} as const;

/** Whether a provider version satisfies {@link AWS_PROVIDER}'s constraint. Pre-releases do not, as in Terraform. */
export function satisfiesConstraint(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+$/.exec(version) ?? [];
  if (major === undefined || minor === undefined) {
    return false;
  }
  return Number(major) === 6 || (Number(major) === 5 && Number(minor) >= 100);
}
