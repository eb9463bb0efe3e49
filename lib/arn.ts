/**
 * The parts of an ARN; each is empty where the text has none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(arn: string): string {
  return arn.split(':')[1] ?? '';
}

export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}

export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** An account's id. */
export const ACCOUNT_ID = /^\d{12}$/;

/** The name or id at the end of an ARN, without type and path: `acme` of `arn:aws:iam::111122223333:role/teams/acme`. */
export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/**
 * The beginning of the ARNs of a role's sessions, which leave out the role's path.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function sessionArnPrefix(roleArn: string): string {
  return `arn:${partitionOf(roleArn)}:sts::${accountOf(roleArn)}:assumed-role/${nameOf(roleArn)}/`;
}
