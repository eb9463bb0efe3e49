/** Existing things that an environment can take over, in the order in which a file best names them. */
export const ADOPTABLE = [
  ...(['bucket', 'versioning', 'encryption', 'public-access-block', 'ownership', 'bucket-policy'] as const),
  ...(['lifecycle', 'access-log', 'object-lock'] as const),
  ...(['key', 'alias'] as const),
  ...(['role', 'instance-profile', 'policies', 'attachments'] as const),
] as const;

export type Adoptable = (typeof ADOPTABLE)[number];
