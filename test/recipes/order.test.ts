import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/run-vault-env';
import { shellLinesOf } from '../provider/guide-commands';

const APPLIES = /\bterraform\b.* apply\b/;
/** What an apply does when it is told no plan: whatever it finds then. */
const KEPT = /\bplan$/;
const AUDITED = [[/ diff .*--out /], [/ plan .*-out=/, / audit .*--plan /]];

const guides = readdirSync(join(ROOT, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ guide: `docs/${file}`, lines: shellLinesOf(`docs/${file}`) }))
  .filter(({ lines }) => lines.some((line) => APPLIES.test(line)));

/** Whether some way to make and audit a plan was gone in these lines. */
const isAudited = (lines: readonly string[]) =>
  AUDITED.some((way) => way.every((step) => lines.some((line) => step.test(line))));

test.each(guides)('$guide applies no plan but one that was audited', ({ lines }) => {
  const wrong = lines.filter(
    (line, index) => APPLIES.test(line) && !(KEPT.test(line) && isAudited(lines.slice(0, index))),
  );
  expect(wrong).toEqual([]);
});

test('the scripts of the recipes do the same', () => {
  const text = ['plan', 'apply'].map((name) => readFileSync(join(ROOT, `docs/recipes/ci/${name}.sh`), 'utf8')).join('');
  expect(text).toMatch(/diff "\$1" --out "plans\/\$1\.plan"[\s\S]* apply -input=false "\$PWD\/plans\/\$1\.plan"/);
});
