import type { AccountState } from '../../state/account-state';
import { requestSession, type SessionCredentials, type SessionTarget } from './session-request';
import { type CertificateName, createStandIn, type HostCertificate, type SuppliedAuthority } from './stand-in';

/** The names in a certificate that an authority signs which stands in for the trust anchor's. */
export interface StandInNames {
  readonly subject: CertificateName;
  /** The names of the authority. */
  readonly issuer: CertificateName;
}

export interface HostSessionOptions {
  /** ARN, or name of the one that the account gets. */
  readonly trustAnchor: string;
  /** ARN, or name of the one that the account gets. */
  readonly profile: string;
  readonly roleArn: string;
  /** The host's certificate, or the names in one that a stand-in signs. */
  readonly certificate: HostCertificate | StandInNames;
}

/** The helper renews what expires within ten minutes. */
const RENEWAL_MS = 600_000;

/** The session that a host outside of AWS has at the moment. */
export class HeldSession {
  private held: SessionCredentials | undefined;
  private certificate: HostCertificate | undefined;
  private authority: SuppliedAuthority | undefined;

  /** @param endpoint where it asks for its sessions */
  constructor(
    private readonly account: AccountState,
    private readonly options: HostSessionOptions,
    private readonly endpoint: string,
  ) {}

  /** @returns the reason, where there is none */
  async get(): Promise<SessionCredentials | string> {
    const now = this.account.now();
    if (this.held !== undefined && Date.parse(this.held.expiration) - now.getTime() > RENEWAL_MS) return this.held;
    const target = this.findTarget();
    if (target === undefined) return 'The account has no such trust anchor or profile yet.';
    try {
      const answered = await requestSession(target, await this.certificateFor(target), now);
      if (answered.kind === 'refused') return `${answered.code}: ${answered.message}`;
      this.held = answered.credentials;
      return this.held;
    } catch (error) {
      // The connection, or an answer that is no document: faults come to that.
      return String(error);
    }
  }

  /** The authority that stands in; `undefined` where the host brought its certificate, or before there is a trust anchor. */
  async standIn(): Promise<SuppliedAuthority | undefined> {
    const target = this.findTarget();
    if (target !== undefined) await this.certificateFor(target);
    return this.authority;
  }

  /** Takes the stand-in from the trust anchor, since its key is gone with the host. */
  end(): void {
    if (this.authority === undefined) return;
    const { anchorArn, pem } = this.authority;
    this.supply(anchorArn, (supplied) => supplied.replace(pem, ''));
  }

  private findTarget(): SessionTarget | undefined {
    const { trustAnchors, profiles } = this.account.rolesAnywhere;
    const { trustAnchor, profile, roleArn } = this.options;
    const trustAnchorArn = arnOf(trustAnchors, trustAnchor);
    const profileArn = arnOf(profiles, profile);
    if (trustAnchorArn === undefined || profileArn === undefined) return undefined;
    return { trustAnchorArn, profileArn, roleArn, endpoint: this.endpoint, region: this.account.region };
  }

  private async certificateFor({ trustAnchorArn }: SessionTarget): Promise<HostCertificate> {
    const { certificate } = this.options;
    if (!('subject' in certificate)) return certificate;
    if (this.certificate === undefined) {
      const { authority, ...made } = await createStandIn(certificate, this.account.now());
      this.certificate = made;
      this.authority = { ...authority, anchorArn: trustAnchorArn };
      this.supply(trustAnchorArn, (supplied) => `${supplied}\n${authority.pem}`);
    }
    return this.certificate;
  }

  private supply(anchorArn: string, change: (supplied: string) => string): void {
    const { suppliedAuthorities } = this.account.rolesAnywhere;
    suppliedAuthorities.set(anchorArn, change(suppliedAuthorities.get(anchorArn) ?? '').trim());
    this.account.accounts.keep();
  }
}

/** Names may be there more than once: the last one that was made. */
function arnOf(
  resources: ReadonlyMap<string, { readonly arn: string; readonly name: string }>,
  nameOrArn: string,
): string | undefined {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return [...resources.values()].findLast(({ name }) => name === nameOrArn)?.arn;
}
