export type { AccessKeyPair } from './iam/administrator';
export type { ContainerOptions, SimulatedContainer } from './imds/container';
export type { HostOptions, SimulatedHost } from './imds/host';
export type { LoggedDecision } from './server/exchange/logged-decision';
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
export { type SimulatedAccount, type SimulatedAccountOptions, startSimulatedAccount } from './server/start';
