import { ObservedMap } from '../maps/settling-map';
import type { Tags } from './iam-state';

/** IAM Roles Anywhere of one account in one region; everything by its id. */
export interface RolesAnywhereState {
  readonly trustAnchors: Map<string, TrustAnchor>;
  readonly profiles: Map<string, Profile>;
  readonly crls: Map<string, Crl>;
  readonly subjects: Map<string, Subject>;
  /**
   * Certificates that the account does not hold itself, as PEM: of a private certificate authority by its ARN, and of an
   * authority that stands in for the one of a trust anchor by the trust anchor's. Whoever runs the simulation supplies them.
   */
  readonly suppliedAuthorities: Map<string, string>;
}

/** The members that all resources of the service share. A change replaces the whole value. */
export interface RolesAnywhereResource {
  readonly id: string;
  readonly arn: string;
  readonly isEnabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly tags: Tags;
}

export interface TrustAnchor extends RolesAnywhereResource {
  readonly name: string;
  readonly source: TrustAnchorSource;
  /** Those that differ from AWS's own, by their event. */
  readonly notificationSettings: ReadonlyMap<string, NotificationSetting>;
}

/** Where the certificates of a trust anchor come from. */
export type TrustAnchorSource =
  | { readonly type: 'CERTIFICATE_BUNDLE'; readonly x509CertificateData: string }
  | { readonly type: 'AWS_ACM_PCA'; readonly acmPcaArn: string };

export interface NotificationSetting {
  readonly isEnabled: boolean;
  readonly thresholdDays: number;
}

export type CertificateField = 'x509Subject' | 'x509Issuer' | 'x509SAN';

export interface Profile extends RolesAnywhereResource {
  readonly name: string;
  readonly roleArns: readonly string[];
  readonly managedPolicyArns: readonly string[];
  /** As it was sent. */
  readonly sessionPolicy?: string;
  readonly durationSeconds: number;
  readonly requiresInstanceProperties: boolean;
  readonly acceptsRoleSessionName: boolean;
  /** Specifiers of what becomes a session tag, by the field of the certificate. */
  readonly attributeMappings: ReadonlyMap<CertificateField, readonly string[]>;
}

export interface Crl extends RolesAnywhereResource {
  readonly name: string;
  readonly trustAnchorArn: string;
  /** PEM, as it was sent. */
  readonly data: Buffer;
}

/** A certificate's subject that has asked for a session. */
export interface Subject extends RolesAnywhereResource {
  readonly x509Subject: string;
  readonly lastSeenAt: Date;
  /** By serial number. */
  readonly credentials: ReadonlyMap<string, SubjectCredential>;
}

/** A certificate that a subject has asked with. */
export interface SubjectCredential {
  readonly serialNumber: string;
  readonly issuer: string;
  readonly certificatePem: string;
  readonly seenAt: Date;
  readonly hasFailed: boolean;
}

export function createRolesAnywhereState(): RolesAnywhereState {
  return {
    trustAnchors: new ObservedMap(),
    profiles: new ObservedMap(),
    crls: new ObservedMap(),
    subjects: new ObservedMap(),
    suppliedAuthorities: new ObservedMap(),
  };
}
