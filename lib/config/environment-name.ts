/** Longest name whose role (`vault-backup-<name>`) fits IAM's 64 characters. */
const NAME_LIMIT = 40;

/** The rule for the name of an environment. */
export const ENVIRONMENT_NAME_RULE = `lowercase letters, digits and single hyphens, ${NAME_LIMIT} characters at most: the name is part of the role's name`;

export function isEnvironmentName(name: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= NAME_LIMIT;
}

/** The name that a file gives its environment, right or wrong. */
export function nameIn(content: unknown): string | undefined {
  const isNamed = typeof content === 'object' && content !== null && 'name' in content;
  return isNamed && typeof content.name === 'string' ? content.name : undefined;
}
