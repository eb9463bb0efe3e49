import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../../lib/summary/summary';
import type { runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { HALF_AN_HOUR_MS } from './provider-run';
import { createAtlantis } from './recipes/atlantis';
import { createGithub } from './recipes/github';
import { createGitlab } from './recipes/gitlab';
import { createJenkins } from './recipes/jenkins';
import { createWorkplace, type Workplace } from './recipes/workplace';

/** An environment whose audit fails. */
const OPEN = { open: 'label: Open\nbucket: open-vault\n' };

async function atWork(more: Readonly<Record<string, string>>, work: (workplace: Workplace) => Promise<void>) {
  const workplace = await createWorkplace(more);
  try {
    await work(workplace);
  } finally {
    await workplace.remove();
  }
}

const jsonIn = (...path: readonly string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** Says what a program said that failed. */
function requireDone({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof runShell>>): void {
  if (exitCode !== 0) throw new Error([`exit code ${exitCode}`, stdout, stderr].join('\n'));
}

/** What the recipe leaves where the sound environment was applied. */
function requireApplied(folder: string): void {
  expect(jsonIn(folder, 'evidence/acme/verification-operator.json').verdict).toBe('pass');
  expect(existsSync(join(folder, 'handed-over/acme/backup-environment.json'))).toBe(true);
}

/** The one that was never applied cannot be compared, and keeps the other from nothing. */
function requireCompared(folder: string): void {
  const { members }: Summary = jsonIn(folder, 'drift.json');
  expect(members.map(({ name, outcome }) => ({ name, outcome }))).toEqual([
    { name: expect.stringContaining('acme'), outcome: 'pass' },
  ]);
  expect(readFileSync(join(folder, 'drift.xml'), 'utf8')).toContain('<testcase');
}

describeWithProvider('the recipe for a pipeline', () => {
  test(
    'of GitHub Actions plans, comments, applies that very plan, verifies and finds drift; a bad environment stops no other',
    () =>
      atWork(OPEN, async (workplace) => {
        const { run, artefacts } = createGithub(workplace);
        const list = await run('list');
        expect(readFileSync(join(list.folder, '.output'), 'utf8')).toBe('matrix={"environment":["acme","open"]}\n');
        const [good, bad] = [await run('plan', 'acme'), await run('plan', 'open')];
        expect(good.failure).toBe('');
        expect(bad.failure).toContain('bucket-access-logging');
        expect(
          [good, bad].map(({ folder }, index) => jsonIn(folder, `sarif/${['acme', 'open'][index]}.sarif`).version),
        ).toEqual(['2.1.0', '2.1.0']);
        expect((await run('comment')).failure).toBe('');
        expect(workplace.said()).toMatch(/^gh pr comment 12 [\s\S]*## acme[\s\S]*## open/);
        const applied = await run('apply', 'acme');
        expect(applied.failure).toBe('');
        requireApplied(applied.folder);
        expect((await run('apply', 'open')).failure).toContain('plans/open.plan');
        const drift = await run('drift');
        expect(drift.failure).toContain('ci/drift.sh');
        requireCompared(drift.folder);
        expect(artefacts.take(/^evidence-acme$/, join(drift.folder, 'taken'))).toEqual([
          'evidence/acme',
          'handed-over/acme',
        ]);
      }),
    HALF_AN_HOUR_MS,
  );

  test(
    'of GitLab CI does, in parts that share the environments',
    () =>
      atWork({}, async (workplace) => {
        const { run, partsOf } = createGitlab(workplace);
        for (let part = 1; part <= partsOf('plan'); part++) requireDone(await run('plan', part));
        requireDone(await run('comment'));
        expect(workplace.said()).toMatch(/^curl .*merge_requests\/12\/notes\n## acme/);
        const applied = await run('apply');
        requireDone(applied);
        requireApplied(applied.folder);
        const drift = await run('drift');
        requireDone(drift);
        requireCompared(drift.folder);
      }),
    HALF_AN_HOUR_MS,
  );

  test(
    'of Jenkins does, stage by stage',
    () =>
      atWork({}, async (workplace) => {
        const { folder, names, run } = createJenkins(workplace);
        const codes: Record<string, number> = {};
        for (const name of names) codes[name] = (await run(name)).exitCode;
        expect(codes).toEqual({ Install: 0, Plan: 0, Comment: 0, Apply: 0, Drift: 0 });
        expect(workplace.said()).toMatch(/^gh pr comment 12 [\s\S]*## acme/);
        requireApplied(folder);
        requireCompared(folder);
      }),
    HALF_AN_HOUR_MS,
  );

  test(
    'of Atlantis does, project by project',
    () =>
      atWork({}, async (workplace) => {
        const { folder, prepare, run } = createAtlantis(workplace);
        const [acme] = await prepare();
        if (acme === undefined) throw new Error('the environment must be a project');
        expect(acme.autoplan.when_modified.filter((file) => existsSync(join(folder, acme.dir, file)))).toEqual(
          acme.autoplan.when_modified,
        );
        expect((await run('plan', acme)).stdout).toContain('PASS: nothing is lost');
        requireDone(await run('apply', acme));
        requireApplied(folder);
        expect(workplace.said()).toMatch(
          /^aws s3 cp --recursive evidence\/acme s3:\/\/acme-evidence\/acme\/\n[\s\S]*manifest\.json/,
        );
      }),
    HALF_AN_HOUR_MS,
  );
});
