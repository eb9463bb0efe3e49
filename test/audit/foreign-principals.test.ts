import { foreignPrincipals } from '../../lib/audit/rule-kit/foreign-principals';
import { parsePolicy } from '../../lib/iam';
import { HELD_ELSEWHERE, HELD_HERE } from './held-mutations';

type Subject = Parameters<typeof foreignPrincipals>[1];

const SUBJECT = { place: { account: '111122223333' }, roles: [] } as unknown as Subject;

function toldOf(Condition: object, Principal: unknown = '*'): readonly string[] {
  const Statement = [{ Sid: 'Held', Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: '*', Condition }];
  return foreignPrincipals(parsePolicy({ Version: '2012-10-17', Statement }, 'policy'), SUBJECT).map((fact) =>
    typeof fact === 'string' ? fact : fact.text,
  );
}

test.each(Object.entries(HELD_ELSEWHERE))('everybody is somebody elsewhere, held to %s', (_, condition) => {
  expect(toldOf(condition)).not.toEqual([]);
  expect(toldOf(condition, { AWS: ['*'] })).toEqual(toldOf(condition));
});

test.each(Object.entries(HELD_HERE))('everybody is somebody of this account, held to %s', (_, condition) => {
  expect(toldOf(condition)).toEqual([]);
});

test('whoever is let in from elsewhere is told with the condition that names them', () => {
  const condition = { StringEquals: { 'aws:PrincipalAccount': ['111122223333', '444455556666'] } };
  expect(toldOf(condition)).toEqual([
    "'Held' allows something to everybody whose aws:PrincipalAccount is 444455556666",
  ]);
});
