export type { AccessKeyPair } from './iam/administrator';
export type { ContainerOptions, SimulatedContainer } from './imds/container';
export type { HostOptions, SimulatedHost } from './imds/host';
export {
  FAULT_KINDS,
  type Fault,
  type FaultMatch,
  type FaultRule,
  type InjectedFault,
  MAX_LATENCY_MS,
} from './server/faults/fault';
export { Faults } from './server/faults/faults';
export type { LoggedDecision } from './server/logged-decision';
export type { RequestLogEntry, UserIdentity } from './server/request-log';
export { type SimulatedAccount, type SimulatedAccountOptions, startSimulatedAccount } from './server/start';
