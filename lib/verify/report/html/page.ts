import { type PagePart, renderPage } from '../../../audit/reports/html/frame';
import type { Verification } from '../../result/verification';
import { openChecks, passedChecks } from './check-list';
import { answeringEndpoints, leftBehind, notAsked, ties } from './grounds';
import { opening, tally } from './opening';

/** The verification as one page for a person, in the manner of the audit's: it needs neither network nor script. */
export function renderHtml(verification: Verification): string {
  const { environment, verdict, simulated } = verification;
  return renderPage({
    title: `Verification of ${environment}: ${verdict}`,
    opening: opening(verification),
    parts: partsOf(verification),
    footer: `Made by vault-env verify from answers of ${simulated ? 'a simulated account' : 'the endpoints named above'}.`,
  });
}

function partsOf(verification: Verification): readonly PagePart[] {
  const { checks } = verification;
  return [
    { anchor: 'checks', title: 'Checks', content: [tally(verification), openChecks(checks)] },
    { anchor: 'answers', title: 'Where the answers came from', content: answeringEndpoints(verification) },
    { anchor: 'others', title: 'What passed', content: passedChecks(checks) },
    { anchor: 'not-asked', title: 'Not asked', content: notAsked(verification) },
    { anchor: 'left', title: 'Left in the bucket', content: leftBehind(verification) },
    { anchor: 'ties', title: 'What it belongs to', content: ties(verification) },
  ];
}
