import { CONTROL_PLANE_DEFECTS } from '../verify/operator/defects';
import { expectCaught, startAccounts, stopAccounts } from '../verify/operator/deployed-stacks';

beforeAll(startAccounts);

afterAll(stopAccounts);

describe('an operator', () => {
  test.each(CONTROL_PLANE_DEFECTS)('is told by $caughtBy, and by nothing else, that $name', expectCaught);
});
