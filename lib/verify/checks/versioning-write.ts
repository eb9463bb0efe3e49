import type { PositiveCheck } from '../check-kit/check';
import { isAboutTheDocument } from '../check-kit/configuration-write';
import { failed, observe, passed, refused } from '../check-kit/outcome';

export const versioningWrite: PositiveCheck = {
  id: 'versioning-write',
  title: 'The versioning state can be set',
  kind: 'positive',
  controls: ['S3.14'],
  requires: ['s3:PutBucketVersioning'],
  isRetried: true,
  does: 'Sends text that is no XML in place of a document to PutBucketVersioning.',
  harmless: 'S3 cannot take that text for a document, so versioning stays as it is.',
  passes: 'MalformedXML, which only a caller who may set the state gets.',
  lookAt: 'The role’s policy for s3:PutBucketVersioning.',
  run: async ({ s3WithMalformedBody, config }) => {
    const { bucketName: Bucket } = config.form;
    const answer = await s3WithMalformedBody.putBucketVersioning({ Bucket, VersioningConfiguration: {} });
    const seen = [observe('PutBucketVersioning', answer)];
    if (answer.ok) return failed(seen, 'S3 took text for a document: look at the versioning state of the bucket.');
    if (isAboutTheDocument(answer)) return passed(seen, 'Only the document was refused.');
    return refused('PutBucketVersioning', answer);
  },
};
