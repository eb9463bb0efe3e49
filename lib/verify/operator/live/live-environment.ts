import type { Settings } from '../settings/settings';
import type { Read } from './read';

/** A managed policy that the role carries, with the version that is in force. */
export interface AttachedPolicy {
  readonly arn: string;
  readonly versionId: string;
  readonly document: string;
  /** Users, groups and roles that carry it as well, as in `user/alice`. */
  readonly holders: readonly string[];
}

export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

export interface LiveRole {
  readonly arn: string;
  readonly trust: string;
  readonly settings: Settings;
  readonly boundaryArn: string | undefined;
}

/** The trust anchor that vouches for a host's certificate. */
export interface LiveTrustAnchor {
  readonly isEnabled: boolean;
  readonly source: Settings;
  /** Subjects of the certificates in it; none where it is a private CA's. */
  readonly authorities: readonly string[];
  /** These certificates as PEM. */
  readonly authoritiesPem: string;
}

/** The profile of IAM Roles Anywhere that hands out the role. */
export interface LiveCertificateProfile {
  readonly settings: Settings;
  /** Attributes of certificates that become tags, as in `x509Subject/CN` or `x509Subject/*`. */
  readonly mapped: readonly string[];
}

/** A revocation list that was imported for the trust anchor. */
export interface LiveRevocationList {
  readonly name: string;
  readonly isEnabled: boolean;
  /** Missing where the list cannot be read. */
  readonly issuer: string | undefined;
  readonly nextUpdate: Date | undefined;
  /** Whether its issuer's key signed it; `undefined` where no certificate of that name is at hand. */
  readonly isSigned: boolean | undefined;
}

/** A certificate's subject that has asked for a session, of whichever role in the account. */
export interface LiveSubject {
  /** As in `CN=vault-1.acme.example, O=Acme`. */
  readonly name: string;
  readonly lastSeenAt: string;
  /** Whether its common name is one that the trust policy lets in. */
  readonly isLetIn: boolean;
  /** Who issued the certificates with which it got a session; not asked for one that is let in. */
  readonly issuers: readonly string[];
}

export interface LiveCertificateHost {
  readonly trustAnchor: Read<LiveTrustAnchor | undefined>;
  readonly profile: Read<LiveCertificateProfile | undefined>;
  readonly revocationLists: Read<readonly LiveRevocationList[]>;
  readonly subjects: Read<readonly LiveSubject[]>;
}

export interface LiveInstanceProfile {
  readonly arn: string;
  readonly roleArns: readonly string[];
}

/** The environment as the control plane tells it now. `undefined` stands for what does not exist. */
export interface LiveEnvironment {
  readonly role: Read<LiveRole | undefined>;
  readonly attached: Read<readonly AttachedPolicy[]>;
  readonly inline: Read<readonly InlinePolicy[]>;
  /** The document of the permissions boundary. */
  readonly boundary: Read<string | undefined>;
  readonly instanceProfile: Read<LiveInstanceProfile | undefined>;
  /** ARNs of every instance profile that holds the role. */
  readonly profilesOfRole: Read<readonly string[]>;
  /** Present for a host outside of AWS alone. */
  readonly certificateHost?: LiveCertificateHost | undefined;
  readonly bucket: LiveBucket;
  /** The key in use, then those of earlier backups; none where S3 manages the keys and always did. */
  readonly keys: readonly LiveKey[];
}

export interface LiveBucket {
  readonly region: Read<string>;
  readonly policy: Read<string | undefined>;
  readonly publicAccessBlock: Read<Settings>;
  readonly ownership: Read<Settings>;
  readonly encryption: Read<Settings>;
  readonly versioning: Read<Settings>;
  readonly lifecycle: Read<Settings>;
  readonly objectLock: Read<Settings>;
  readonly logging: Read<Settings>;
  readonly tags: Read<Settings>;
  /** ARNs of the buckets that objects are copied to. */
  readonly replicatesTo: Read<readonly string[]>;
  readonly isWebsite: Read<boolean>;
}

/** A grant gives the use of a key beside its policy. */
export interface LiveGrant {
  readonly grantee: string;
  readonly operations: readonly string[];
}

export interface LiveKey {
  readonly arn: string;
  readonly state: Read<Settings | undefined>;
  readonly policy: Read<string | undefined>;
  readonly rotation: Read<Settings | undefined>;
  readonly grants: Read<readonly LiveGrant[]>;
}

/** Each call names the bucket and the account that has to own it, so that a bucket of the same name elsewhere is refused. */
export interface OwnedBucket {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}
