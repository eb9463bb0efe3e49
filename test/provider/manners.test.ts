import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditPlan, MANNERS, toldIn } from '../audit/manners';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { HALF_AN_HOUR_MS, inAccount, terraformIn } from './provider-run';

const FIXTURES = join(ROOT, 'test', 'fixtures');

/** Findings about each, planned now in an account that has nothing of it. */
async function tellAll(): Promise<ReadonlyMap<string, readonly string[]>> {
  return await inAccount({ accountId: '111122223333', region: 'us-east-2' }, async (place) => {
    cpSync(join(FIXTURES, 'terraform-modules', 'manners'), place.folder, { recursive: true });
    const told = new Map<string, readonly string[]>();
    for (const name of MANNERS) {
      const terraform = await terraformIn(place, join(place.folder, name));
      await terraform.init();
      told.set(name, toldIn(await auditPlan(JSON.stringify(await terraform.showPlan()))));
    }
    return told;
  });
}

describeWithProvider('stacks in the manner of modules', () => {
  let told: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    told = await tellAll();
  }, HALF_AN_HOUR_MS);

  test.each(MANNERS)('%s is planned and judged as its kept plan is', async (name) => {
    const kept = readFileSync(join(FIXTURES, 'plans', `manner-${name}.json`), 'utf8');
    expect(told.get(name)).toEqual(toldIn(await auditPlan(kept)));
  });
});
