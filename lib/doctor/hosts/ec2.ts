import { hostKind } from '../../hosts';
import { examineInstanceMetadata } from '../examine-metadata';
import { type HostExamination, removeWinner } from './host-examination';

export const ec2Examination: HostExamination<'ec2'> = {
  examine: () => ({ settings: [] }),
  examineService: examineInstanceMetadata,
  tellsRegion: true,
  wrongSource: ({ kind }, source) => removeWinner(hostKind(kind).words.giver, source),
};
