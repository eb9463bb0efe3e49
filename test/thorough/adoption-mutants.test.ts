import { type Catalogue, loadServices } from '../../lib/catalogue';
import { ADOPTION_MUTANTS } from '../adoption/mutants';
import { expectSeen } from '../adoption/see-mutant';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

test.each(ADOPTION_MUTANTS)('$name $verdict', (mutant) => expectSeen(mutant, catalogue));
