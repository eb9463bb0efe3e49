/** The credential scope: a signature is good for one day, one region and one service. */
export interface CredentialScope {
  /** `20130524` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** A Signature Version 4 as a request presents it. */
export interface PresentedSignature {
  readonly carrier: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20130524T000000Z` */
  readonly signedAt: string;
  readonly sessionToken?: string;
  /** How long a presigned request is good for; absent for one that is signed in a header. */
  readonly expiresSeconds?: number;
}

/** The sender as a request presents it. */
export type Presentation =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'signed'; readonly signature: PresentedSignature }
  /** Signed with the key of a certificate, whose serial number stands where the access key id does elsewhere. */
  | { readonly kind: 'certified'; readonly signature: PresentedSignature; readonly algorithm: CertificateAlgorithm }
  | { readonly kind: 'malformed'; readonly carrier: 'header' | 'query'; readonly reason: string }
  | { readonly kind: 'unsupported'; readonly algorithm: string };

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html */
export type CertificateAlgorithm = 'AWS4-X509-RSA-SHA256' | 'AWS4-X509-ECDSA-SHA256';
