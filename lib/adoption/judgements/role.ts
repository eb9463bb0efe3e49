import type { LiveRole } from '../../verify/operator/live/live-environment';
import type { AdoptionItem } from '../adoption';
import type { Wanted } from '../wanted';
import { item, type Judge, whenRead } from './judgement';

const ROLE = 'aws_iam_role.vault';

/** Settings of a role that is taken over; what it may do is judged by evaluation. */
export const judgeRole: Judge = ({ found, wanted }) => {
  if (!wanted.adopt.includes('role')) return [];
  return [
    ...whenRead(`${ROLE}/settings`, found.role, (role) =>
      role === undefined ? [] : [...judgeSession(role, wanted), ...judgeBoundary(role, wanted)],
    ),
    ...whenRead(`${ROLE}/profiles`, found.profilesOfRole, (profiles) => judgeProfiles(profiles, wanted)),
  ];
};

function judgeSession({ settings }: LiveRole, wanted: Wanted): readonly AdoptionItem[] {
  const seconds = wanted.settings.role?.MaxSessionDuration ?? '';
  const was = settings.MaxSessionDuration ?? seconds;
  if (was === seconds) return [];
  const told = { was: `${was} s`, is: `${seconds} s`, detail: 'the longest session of the role' };
  return [item(`${ROLE}/session`, { verdict: 'tightens', ...told })];
}

function judgeBoundary({ boundaryArn: was }: LiveRole, { settings }: Wanted): readonly AdoptionItem[] {
  const { boundaryArn } = settings;
  if (was === undefined || was === boundaryArn) return [];
  const detail = 'the permissions boundary of the role is taken away';
  const keep = { permissionsBoundary: was };
  return [item(`${ROLE}/boundary`, { verdict: 'loosens', was, is: boundaryArn ?? 'none', detail, keep })];
}

function judgeProfiles(profiles: readonly string[], { instanceProfile = '' }: Wanted): readonly AdoptionItem[] {
  const others = profiles.filter((arn) => !arn.endsWith(`/${instanceProfile}`));
  const detail = 'any instance with this profile has the role; verify --as operator will fail it';
  return others.map((arn) => item(`${ROLE}/profiles`, { verdict: 'stays', was: arn, is: arn, detail }));
}
