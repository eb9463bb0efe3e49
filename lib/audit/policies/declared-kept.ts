import type { StackDocument } from '../stack/stack-document';

/** A statement of the bucket policy that is there on purpose. */
export interface KeptStatement {
  readonly sid: string;
  readonly reason: string;
  readonly owner: string;
}

export const KEPT_OUTPUT = 'bucket_policy_kept';

/** The statements that the stack declares as kept on purpose, as far as each has a reason and an owner. */
export function readDeclaredKept(stack: Pick<StackDocument, 'outputs'>): readonly KeptStatement[] {
  return declaredEntries(stack).flatMap((entry) => (isWhole(entry) ? [entry] : []));
}

/** Whatever stands in the output. */
export function declaredEntries({ outputs }: Pick<StackDocument, 'outputs'>): readonly unknown[] {
  const value = outputs.find(({ name }) => name === KEPT_OUTPUT)?.value;
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

export function isWhole(entry: unknown): entry is KeptStatement {
  const { sid, reason, owner } = (entry ?? {}) as Partial<Record<keyof KeptStatement, unknown>>;
  return [sid, reason, owner].every((text) => typeof text === 'string' && text.trim() !== '');
}
