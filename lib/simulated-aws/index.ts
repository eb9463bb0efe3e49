export type { Fault, FaultMatch, FaultRule, InjectedFault } from './faults/fault';
export { Faults } from './faults/faults';
export type { AccessKeyPair } from './iam/administrator';
export type { ContainerOptions, SimulatedContainer } from './imds/container';
export type { HostOptions, SimulatedHost } from './imds/host';
export type { LoggedDecision } from './logged-decision';
export type { RequestLogEntry, UserIdentity } from './request-log';
export { type SimulatedAccount, type SimulatedAccountOptions, startSimulatedAccount } from './start';
