import type { ContextValue } from '../iam/types';

export type Context = Readonly<Record<string, ContextValue>>;

/**
 * When a question is asked, and what a no means.
 *
 * A no at a step that begins with `told-` leaves something out of the answer; at any other step it refuses the request,
 * or the one entry of a batch.
 */
export type Step =
  /** Before anything of the bucket is looked at. */
  | 'request'
  /** Before the source of a copy is read. */
  | 'copy-source'
  /** When the source of a copy turns out to have tags, and they go along. */
  | 'copied-tags'
  /** Once for each entry of a batch. */
  | 'batch-entry'
  /** When governance retention stands in the way and the request asks to pass over it. */
  | 'governance-bypass'
  /** Whether a missing key may be called missing. */
  | 'told-missing'
  | 'told-tags'
  | 'told-retention'
  | 'told-legal-hold'
  /** The uses of a key for which S3 asks KMS on the caller's behalf: to read a copy's source, a stored object, an upload's parts; to write. */
  | 'source-key'
  | 'object-key'
  | 'upload-key'
  | 'new-object-key';

/** A question that AWS answers by the policies before it does what a request asks for. */
export interface AccessQuestionFacts {
  /** `kms`: S3 asks KMS with the caller's forwarded session. */
  readonly askedOf: 's3' | 'kms';
  readonly step: Step;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  /** The bucket whose policy has a say. */
  readonly bucketName?: string;
  /**
   * The condition keys of the service, and the global ones that follow from the facts. Those of the caller
   * (`aws:PrincipalArn`, …) and of the network are the asker's to add.
   */
  readonly context: Context;
}

/** Whether a no refuses, and does not only leave something out of the answer. */
export function isRequired({ step }: Pick<AccessQuestionFacts, 'step'>): boolean {
  return !step.startsWith('told-');
}
