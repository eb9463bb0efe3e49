import type { HostKindName } from '../../hosts';
import { ec2Examination } from './ec2';
import { existingRoleExamination } from './existing-role';
import type { HostExamination } from './host-examination';
import { onPremisesExamination } from './on-premises';

const EXAMINATIONS: { readonly [Kind in HostKindName]: HostExamination<Kind> } = {
  ec2: ec2Examination,
  'on-premises': onPremisesExamination,
  'existing-role': existingRoleExamination,
};

/** What hosts of the kind are examined by. */
export function examinationOf<Kind extends HostKindName>(kind: Kind): HostExamination<Kind> {
  return EXAMINATIONS[kind];
}
