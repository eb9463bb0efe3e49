import { type Input, optionalObject, requiredString } from '../../service/json-parameters';
import type { TrustAnchorSource } from '../../state/services/roles-anywhere-state';
import { notImplemented } from '../../wire/http/aws-error';
import { isAuthority, isStronglySigned, tryReadBundle } from '../certificates/certificate';
import { validationException } from '../request/operation';

const TYPES = ['AWS_ACM_PCA', 'CERTIFICATE_BUNDLE', 'SELF_SIGNED_REPOSITORY'];
const ARN_PATTERN = /arn:[^:]+:acm-pca:[^:]+:\d{12}:certificate-authority\/.+/;

/**
 * The source of a trust anchor, as the request has it.
 *
 * @throws {AwsError} `ValidationException`; `NotImplemented` for a repository of self-signed certificates
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Source.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#signature-verification
 */
export function readSource(input: Input): TrustAnchorSource {
  const type = requiredString(optionalObject(input, 'source'), 'sourceType', { oneOf: TYPES });
  const data = optionalObject(optionalObject(input, 'source'), 'sourceData');
  if (type === 'AWS_ACM_PCA') return { type, acmPcaArn: requiredString(data, 'acmPcaArn', { pattern: ARN_PATTERN }) };
  if (type === 'SELF_SIGNED_REPOSITORY')
    throw notImplemented(`the source '${type}' of rolesanywhere:CreateTrustAnchor`);
  const x509CertificateData = requiredString(data, 'x509CertificateData', { minLength: 1, maxLength: 204_800 });
  requireAuthorities(x509CertificateData);
  return { type: 'CERTIFICATE_BUNDLE', x509CertificateData };
}

/** As the service describes it. */
export function describeSource(source: TrustAnchorSource): object {
  const { type: sourceType, ...sourceData } = source;
  return { sourceType, sourceData };
}

function requireAuthorities(pem: string): void {
  const certificates = tryReadBundle(pem);
  if (certificates === undefined) throw validationException('Unable to parse the certificate bundle as PEM');
  if (!certificates.every(isAuthority)) {
    throw validationException('Incorrect basic constraints for CA certificate');
  }
  if (!certificates.every(isStronglySigned)) {
    throw validationException('CA certificates must be signed with SHA-256 or stronger');
  }
}
