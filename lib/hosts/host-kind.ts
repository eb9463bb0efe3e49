import type { Host, HostKindName, ToldHost } from './schema';

/** `host` of an environment file of the kind. */
export type HostOf<Kind extends HostKindName> = Extract<Host, { kind: Kind }>;
/** The host of the kind, as the backup environment config names it. */
export type ToldHostOf<Kind extends HostKindName> = Extract<ToldHost, { kind: Kind }>;

/** How the messages to whoever is at the host call what is there. */
export interface HostWords {
  /** Source of the host's credentials, as in "remove keys that win over the instance profile". */
  readonly giver: string;
  /** Remedy on a host that has no credentials. */
  readonly give: string;
  /** Remedy on a host that has another role. */
  readonly giveRole: (roleArn: string) => string;
  /** Remedy on a host that had credentials, and has none any more. */
  readonly giveAgain: string;
  /** Remedy where no policy of the role allows the action. */
  readonly attach: (roleArn: string, action: string) => string;
}

/** The remedy where the stack attaches the policies. */
export const attachByStack: HostWords['attach'] = (roleArn, action) =>
  `Attach the audited policies to ${roleArn} again (terraform apply); vault-env verify --as operator tells which one lacks ${action}.`;

/** Facts for the settings sheet besides the host. */
export interface SheetContext {
  readonly environment: string;
  readonly aws: { readonly region: string; readonly roleArn: string };
}

/** The words of one kind of host. Its trust policy stands beside; its resources and its rehearsal have rooms of their own. Pure. */
export interface HostKind<Kind extends HostKindName> {
  /** Its part of the settings sheet. */
  readonly sheet: {
    readonly facts: (host: ToldHostOf<Kind>) => readonly { readonly name: string; readonly value: string }[];
    /** Steps on every host before verification, a sentence each. */
    readonly beforeVerifying: (host: ToldHostOf<Kind>, context: SheetContext) => readonly string[];
  };
  readonly words: HostWords;
  /** Where its credentials come from, by the marks of the SDK (`IMDS` for the instance metadata service). */
  readonly credentialSources: (host: ToldHostOf<Kind>) => readonly string[];
}
