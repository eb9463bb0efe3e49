import type { Answer, Refused } from '../../aws/answer';
import type { NegativeCheck, Probe } from './check';
import { judgeDenials } from './denial';

/** S3's errors for a body that is no document, to a caller who may write one. */
const REFUSED_DOCUMENT = ['MalformedXML', 'IllegalVersioningConfigurationException'] as const;

/** A write of the bucket's configuration that has to be refused. */
export interface ConfigurationWrite extends Pick<NegativeCheck, 'id' | 'title' | 'controls'> {
  readonly operation: keyof Probe['s3WithMalformedBody'];
  /** AWS's name of the operation. */
  readonly call: string;
  /** The action that it needs, and that the role's policy must not hold. */
  readonly action: string;
}

/**
 * A negative check that sends text which is no document in place of a new configuration.
 *
 * AWS does not document that it authorises a request before it reads its body. If it did not, a refused caller would
 * get MalformedXML as well: verification would fail without need, and never pass without reason.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function configurationWrite({ operation, call, action, ...about }: ConfigurationWrite): NegativeCheck {
  return {
    ...about,
    kind: 'negative',
    does: `Sends text that is no XML in place of a document to ${call}.`,
    harmless: 'S3 cannot take that text for a document: whoever may write one gets MalformedXML, and nothing changes.',
    passes: 'AccessDenied.',
    lookAt: `The role’s policy, which must not hold ${action}, and the bucket policy.`,
    run: async ({ s3WithMalformedBody, config }) => {
      const send = s3WithMalformedBody[operation] as (input: { Bucket: string }) => Promise<Answer<unknown>>;
      const answer = await send({ Bucket: config.form.bucketName });
      return judgeDenials([{ call, refusal: 'AccessDenied', meansAllowed: REFUSED_DOCUMENT, answer }]);
    },
  };
}

/** Whether the refusal is about the document, so that the write itself was allowed. */
export function isAboutTheDocument({ code }: Refused): boolean {
  return REFUSED_DOCUMENT.some((one) => one === code);
}
