import type { Rehearsal } from '../../lib/rehearsal/rehearsal';
import { rehearse } from '../../lib/rehearsal/rehearse';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { FIXTURES } from '../support/examples';
import { HALF_AN_HOUR_MS } from './provider-run';

const STAND_IN = 'an authority of the same name stands in for the one that signs certificates of hosts';
const CN = 'vault-1.example.com';

/** Kinds of host that no example shows: how each gets its role, and what is made up about it. */
const HOSTS = [
  {
    name: 'attached-role',
    host: 'the stack attached 1 to arn:aws:iam::111122223333:role/vendor-instance',
    assumed: [expect.stringMatching(/^the role '.*vendor-instance' trusts EC2/)],
  },
  {
    name: 'foreign-role',
    host: 'its owner attached 2 to arn:aws:iam::444455556666:role/service/vault-instance',
    assumed: [expect.stringMatching(/^the role 'arn:aws:iam::444455556666:.*vault-instance' trusts EC2/)],
  },
  {
    name: 'made-anchor',
    host: `${CN}, signed by a stand-in for Example Issuing CA, through serve`,
    assumed: [STAND_IN],
  },
  {
    name: 'named-anchor',
    host: `${CN}, signed by a stand-in for Rehearsal CA, through process`,
    assumed: [expect.stringMatching(/^the trust anchor '.*' is enabled$/), STAND_IN],
  },
  { name: 'private-ca', host: `${CN}, signed by a stand-in for Rehearsal CA, through process`, assumed: [STAND_IN] },
];

describeWithProvider('a rehearsal', () => {
  let rehearsal: Rehearsal;

  beforeAll(async () => {
    const { signal } = new AbortController();
    const names = HOSTS.map(({ name }) => name);
    const options = { root: ROOT, environmentsFolder: FIXTURES, names, env: process.env, signal };
    rehearsal = await rehearse({ ...options, keep: false, onStep: () => undefined });
  }, HALF_AN_HOUR_MS);

  test.each(HOSTS)('of $name passes, from its deployment to both halves of its verification', ({ name, ...told }) => {
    const found = rehearsal.environments.find((environment) => environment.name === name);
    expect(found?.steps.filter(({ result }) => result !== 'pass')).toEqual([]);
    expect(found).toMatchObject({ verdict: 'pass', comparison: { half: 'operator', verdict: 'pass' } });
    expect(found?.verification?.verdict).toBe('pass');
    expect(found?.steps.find(({ id }) => id === 'host')?.detail).toBe(told.host);
    // The buckets that stand beside each environment, whatever its host, come first.
    expect(found?.assumed.slice(-told.assumed.length)).toEqual(told.assumed);
  });
});
