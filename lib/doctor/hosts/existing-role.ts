import { hostKind } from '../../hosts';
import { examineInstanceMetadata } from '../examine-metadata';
import { examineRoleChain } from '../examine-role-chain';
import { type HostExamination, removeWinner } from './host-examination';

export const existingRoleExamination: HostExamination<'existing-role'> = {
  examine: ({ config, profile }) => ({ settings: [examineRoleChain(config, profile)] }),
  examineService: examineInstanceMetadata,
  tellsRegion: false,
  wrongSource: ({ kind }, source) => removeWinner(hostKind(kind).words.giver, source),
};
