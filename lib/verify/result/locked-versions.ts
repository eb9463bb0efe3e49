import type { BackupEnvironment } from '../../backup-environment/schema';

/** Default retention of the bucket, as the config tells it. */
export type DefaultRetention = NonNullable<BackupEnvironment['aws']['objectLock']>;

/** Versions of verification's own that Object Lock keeps: neither a failure nor a leftover. */
export interface LockedVersions {
  readonly versions: number;
  readonly mode: DefaultRetention['mode'];
  /** When the last of them may be removed, in ISO 8601. */
  readonly until: string;
}

/** Whether a refusal says itself that Object Lock is the reason. */
export function namesObjectLock({ code, message }: { readonly code: string; readonly message: string }): boolean {
  return code === 'AccessDenied' && /\bobject lock\b/i.test(message);
}

/** How an operator removes what was left, or why nobody can yet. */
export function wayToRemove({ command }: { readonly command?: string }): string {
  return command ?? 'Object Lock keeps it: vault-env verify --clean removes it once its retention is over';
}

/** The versions that are kept and until when, as one sentence. */
export function describeLocked({ versions, mode, until }: LockedVersions): string {
  const [day = '', time = ''] = until.split('T');
  const what = versions === 1 ? '1 version of the probes stays' : `${versions} versions of the probes stay`;
  return `${what} until ${day} ${time.slice(0, 5)} UTC, locked by Object Lock (${mode}); vault-env verify --clean removes them after that.`;
}
