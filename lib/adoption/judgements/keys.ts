import type { LiveKey } from '../../verify/operator/live/live-environment';
import type { AdoptionItem } from '../adoption';
import { item, type Judge, whenRead } from './judgement';

const KEY = 'aws_kms_key.backup';

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
    if (given === undefined) {
      const detail = 'the file names a key that is not there';
      return [item(`${arn}/state`, { verdict: 'blocks', was: 'does not exist', detail })];
    }
    const detail = 'S3 cannot use such a key';
    return Object.entries(USABLE)
      .filter(([name, right]) => given[name] !== right)
      .map(([name, right]) => item(`${arn}/${name}`, { verdict: 'blocks', was: given[name] ?? '', is: right, detail }));
  });
}

function judgeTakenOver({ rotation, grants }: LiveKey): readonly AdoptionItem[] {
  return [
    ...whenRead(`${KEY}/rotation`, rotation, (given) => {
      const was = given?.KeyRotationEnabled ?? 'false';
      const verdict = was === 'true' ? 'same' : 'tightens';
      const detail = 'KMS rotates the key, and keeps what it needs to read older objects';
      return [item(`${KEY}/rotation`, { verdict, was, is: 'true', detail })];
    }),
    ...whenRead(`${KEY}/grants`, grants, (given) =>
      given.map(({ grantee, operations }) => {
        const grant = `${grantee}: ${operations.join(', ')}`;
        const detail =
          'a grant is valid beside the key policy, and the stack leaves it; verify --as operator will fail it';
        return item(`${KEY}/grants`, { verdict: 'stays', was: grant, is: grant, detail });
      }),
    ),
  ];
}
