export {
  FAULT_KINDS,
  type Fault,
  type FaultMatch,
  type FaultRule,
  type InjectedFault,
  MAX_LATENCY_MS,
} from './faults/fault';
export { Faults } from './faults/faults';
export type { AccessKeyPair } from './iam/administrator';
export type { ContainerOptions, SimulatedContainer } from './imds/container';
export type { HostOptions, SimulatedHost } from './imds/host';
export type { LoggedDecision } from './logged-decision';
export type { RequestLogEntry, UserIdentity } from './request-log';
export { type SimulatedAccount, type SimulatedAccountOptions, startSimulatedAccount } from './start';
