import type { ListedVerb } from './verb';

/** The verbs that a Vault host has. */
export const VERBS_ON_HOST = {
  verify: {
    usage: 'verify <config..>',
    does: 'Prove that the environment works and refuses what it must: on the Vault host, or as operator from its configuration',
    load: () => (require('./verify') as typeof import('./verify')).verifyVerb,
  },
  doctor: {
    usage: 'doctor [config]',
    does: 'Look at what lies between this host and AWS: credentials, metadata service, clock, proxy, DNS and TLS',
    load: () => (require('./doctor') as typeof import('./doctor')).doctorVerb,
  },
} satisfies Readonly<Record<string, ListedVerb>>;
