import { nameOf } from '../../arn';
import type { Answer } from '../../aws/answer';
import { canaryBody } from '../check-kit/canary-body';
import type { Probe } from '../check-kit/check';
import type { Service } from '../check-kit/service';
import { copySourceText } from '../guard/copy-source';
import { ETAG_OF_NO_OBJECT, MD5_OF_NO_BYTES } from '../guard/harmless';

/** A request that AWS refuses to everybody, and that does no harm where it is taken. */
export interface Question {
  /** As in "it took a wrong signature". */
  readonly what: string;
  readonly call: string;
  /** The only codes with which AWS refuses it. @default any refusal: who may not ask at all is told so first */
  readonly refusedWith?: ReadonlySet<string>;
  readonly ask: (probe: Probe) => Promise<Answer<unknown>>;
}

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const SIGNATURE_REFUSED: ReadonlySet<string> = new Set([
  'IncompleteSignature',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
]);

const wrongSignature = (call: string, ask: Question['ask']): Question => {
  return { what: 'a wrong signature', call: `${call} with a wrong signature`, refusedWith: SIGNATURE_REFUSED, ask };
};

const pageOfNoKeys = (kmsOf: (probe: Probe) => Probe['kms']): Question => ({
  what: 'a page of no keys',
  call: 'ListKeys with a page of no keys',
  ask: (probe) => kmsOf(probe).listKeys({ Limit: 0 }),
});

const ofS3 = ({ canary }: Probe) => canary('enforcement');

/** Each touches the prefix of the run alone, or reads. */
export const QUESTIONS: Readonly<Record<Service, readonly Question[]>> = {
  S3: [
    wrongSignature('ListObjectsV2', (probe) => {
      const { Bucket, Key: Prefix } = ofS3(probe);
      return probe.wronglySigned.s3.listObjectsV2({ Bucket, Prefix });
    }),
    {
      what: 'an object whose digest is wrong',
      call: 'PutObject with a wrong digest',
      ask: (probe) =>
        probe.s3.putObject({ ...ofS3(probe), Body: canaryBody(probe.runId), ContentMD5: MD5_OF_NO_BYTES }),
    },
    {
      what: 'a document that is none',
      call: 'PutObjectRetention with a document that is none',
      ask: (probe) => probe.s3WithMalformedBody.putObjectRetention(ofS3(probe)),
    },
    {
      what: 'a copy whose condition does not hold',
      call: 'CopyObject on a condition that does not hold',
      ask: async ({ s3, samples, canary }) => {
        const { target: source } = await samples.small();
        const CopySource = copySourceText({ bucket: source.Bucket, key: source.Key });
        return s3.copyObject({ ...canary('enforcement/copy'), CopySource, CopySourceIfMatch: ETAG_OF_NO_OBJECT });
      },
    },
  ],
  KMS: [
    wrongSignature('ListKeys', ({ wronglySigned }) => wronglySigned.kms.listKeys({ Limit: 1 })),
    pageOfNoKeys(({ kms }) => kms),
  ],
  STS: [wrongSignature('GetCallerIdentity', ({ wronglySigned }) => wronglySigned.sts.getCallerIdentity({}))],
  IAM: [
    wrongSignature('GetRole', ({ wronglySigned, config }) => {
      return wronglySigned.iam.getRole({ RoleName: nameOf(config.aws.roleArn) });
    }),
    {
      what: 'a page of no roles',
      call: 'ListRoles with a page of no roles',
      ask: ({ iam }) => iam.listRoles({ MaxItems: 0 }),
    },
  ],
  'S3 elsewhere': [
    wrongSignature('ListBuckets', ({ wronglySigned }) => wronglySigned.elsewhere.s3.listBuckets({ MaxBuckets: 1 })),
  ],
  'KMS elsewhere': [
    wrongSignature('ListKeys', ({ wronglySigned }) => wronglySigned.elsewhere.kms.listKeys({ Limit: 1 })),
    pageOfNoKeys(({ elsewhere }) => elsewhere.kms),
  ],
};
