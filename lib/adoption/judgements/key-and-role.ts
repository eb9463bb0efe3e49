import type { LiveKey } from '../../verify/operator/live/live-environment';
import type { AdoptionItem } from '../adoption';
import { item, type Judge, type Sides, whenRead } from './judgement';

const KEY = 'aws_kms_key.backup';
const ROLE = 'aws_iam_role.vault';

/** S3's demands on a key. */
const USABLE = {
  KeyState: 'Enabled',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyManager: 'CUSTOMER',
};

/** Whether each key of the file can be used, and what becomes of one that is taken over. */
export const judgeKeys: Judge = (sides) =>
  sides.found.keys.flatMap((key, index) => [
    ...judgeState(key),
    ...(index === 0 && sides.wanted.adopt.includes('key') ? judgeTakenOver(key) : []),
  ]);

function judgeState({ arn, state }: LiveKey): readonly AdoptionItem[] {
  return whenRead(`${arn}/state`, state, (given) => {
    if (given === undefined)
      return [
        item(`${arn}/state`, {
          verdict: 'blocks',
          was: 'does not exist',
          detail: 'the file names a key that is not there',
        }),
      ];
    return Object.entries(USABLE)
      .filter(([name, right]) => given[name] !== right)
      .map(([name, right]) =>
        item(`${arn}/${name}`, {
          verdict: 'blocks',
          was: given[name] ?? '',
          is: right,
          detail: 'S3 cannot use such a key',
        }),
      );
  });
}

function judgeTakenOver({ rotation, grants }: LiveKey): readonly AdoptionItem[] {
  return [
    ...whenRead(`${KEY}/rotation`, rotation, (given) => {
      const was = given?.KeyRotationEnabled ?? 'false';
      const verdict = was === 'true' ? 'same' : 'tightens';
      return [
        item(`${KEY}/rotation`, {
          verdict,
          was,
          is: 'true',
          detail: 'KMS rotates the key, and keeps what it needs to read older objects',
        }),
      ];
    }),
    ...whenRead(`${KEY}/grants`, grants, (given) =>
      given.map(({ grantee, operations }) =>
        item(`${KEY}/grants`, {
          verdict: 'stays',
          was: `${grantee}: ${operations.join(', ')}`,
          is: `${grantee}: ${operations.join(', ')}`,
          detail: 'a grant is valid beside the key policy, and the stack leaves it; verify --as operator will fail it',
        }),
      ),
    ),
  ];
}

/** Settings of a role that is taken over; what it may do is judged by evaluation. */
export const judgeRole: Judge = ({ found, wanted }: Sides) => {
  if (!wanted.adopt.includes('role')) return [];
  const boundary = wanted.settings.boundaryArn;
  const seconds = wanted.settings.role?.MaxSessionDuration ?? '';
  return [
    ...whenRead(`${ROLE}/settings`, found.role, (role) => {
      const was = role?.settings.MaxSessionDuration ?? seconds;
      return [
        ...(was === seconds
          ? []
          : [
              item(`${ROLE}/session`, {
                verdict: 'tightens',
                was: `${was} s`,
                is: `${seconds} s`,
                detail: 'the longest session of the role',
              }),
            ]),
        ...(role?.boundaryArn === undefined || role.boundaryArn === boundary
          ? []
          : [
              item(`${ROLE}/boundary`, {
                verdict: 'loosens',
                was: role.boundaryArn,
                is: boundary ?? 'none',
                detail: 'the permissions boundary of the role is taken away',
                keep: { permissionsBoundary: role.boundaryArn },
              }),
            ]),
      ];
    }),
    ...whenRead(`${ROLE}/profiles`, found.profilesOfRole, (profiles) =>
      profiles
        .filter((arn) => !arn.endsWith(`/${wanted.instanceProfile ?? ''}`))
        .map((arn) =>
          item(`${ROLE}/profiles`, {
            verdict: 'stays',
            was: arn,
            is: arn,
            detail: 'any instance with this profile has the role; verify --as operator will fail it',
          }),
        ),
    ),
  ];
};
