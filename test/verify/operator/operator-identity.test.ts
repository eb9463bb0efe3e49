import type { ControlPlane } from '../../../lib/aws/control-plane';
import { identifyOperator } from '../../../lib/verify/operator/operator-identity';

const OF_ACME = {
  environment: 'acme',
  aws: { account: '111122223333', region: 'us-east-2', roleArn: 'arn:aws:iam::111122223333:role/vault-backup-acme' },
};

function answering(refused: object): ControlPlane {
  const resolveCredentials = async () => ({ isTemporary: true, source: 'the profile acme', accessKeyIdHint: 'ASIA' });
  const getCallerIdentity = async () => ({ ok: false, status: undefined, requestId: undefined, ...refused });
  return { resolveCredentials, sts: { getCallerIdentity } } as unknown as ControlPlane;
}

describe('an operator whom AWS does not tell from others', () => {
  test.each([
    {
      name: 'for a proxy that asks for credentials',
      refused: { code: 'NoRequestId', status: 407, message: 'HTTP 407 without a request id of AWS' },
      says: /, got: NoRequestId: HTTP 407 .*\nThe proxy asks for credentials \(HTTP 407\): no request reached AWS\.\nPut user and password into HTTPS_PROXY/,
    },
    {
      name: 'for a proxy that does not listen',
      refused: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:3128' },
      says: /\nNothing takes connections to the endpoint of STS in us-east-2, or to the proxy before it\.\nOpen port 443/,
    },
    {
      name: 'for a reason that no table knows',
      refused: { code: 'Strange', status: 400, requestId: '1', message: 'something else' },
      says: /, got: Strange: something else\nRun vault-env doctor to see what keeps this machine from AWS$/,
    },
  ])('$name is told cause and fix', async ({ refused, says }) => {
    await expect(identifyOperator(answering(refused), OF_ACME)).rejects.toMatchObject({
      code: 'NotIdentified',
      message: expect.stringMatching(says),
    });
  });
});
