export { attachPolicy, importInstanceRole, importOpenIdConnectProvider, importPolicy } from './iam';
export type { AccessKeyPair } from './iam/administrator';
export type { CertificateHost, CertificateHostOptions } from './imds/certificate-host';
export type { ContainerOptions, SimulatedContainer } from './imds/container';
export type { HostOptions, SimulatedHost } from './imds/host';
export { importAlias, importKey } from './kms';
export { importCrl, importTrustAnchor } from './rolesanywhere';
export { importAccessPoint, importBucket, importBucketConfiguration, importObject, mayDeliverLogs } from './s3';
export type { LoggedDecision } from './server/exchange/exchange';
export {
  FAULT_KINDS,
  type Fault,
  type FaultMatch,
  type FaultRule,
  type InjectedFault,
  MAX_LATENCY_MS,
} from './server/faults/fault';
export { Faults } from './server/faults/faults';
export type { RequestLogEntry, UserIdentity } from './server/log/request-log';
export type { SimulatedAccount, SimulatedAccountOptions } from './server/simulated-account';
export { startSimulatedAccount } from './server/start';
export { POLICY_TYPES } from './service/access';
export type { AccountState, Accounts } from './state/account-state';
export { requireAccount } from './state/accounts';
