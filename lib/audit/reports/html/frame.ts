import { type Content, type Markup, markup } from '../markup';
import { STYLE } from './style';

/** A part of a page, with its anchor. */
export interface PagePart {
  readonly anchor: string;
  readonly title: string;
  readonly content: Content;
}

/** A page for a person, which needs neither network nor script. */
export interface Page {
  readonly title: string;
  readonly opening: Markup;
  readonly parts: readonly PagePart[];
  readonly footer: string;
}

/** Nothing is fetched and nothing is run, whatever the report holds. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The page; its first part is the one that a reader with a keyboard can skip to. */
export function renderPage({ title, opening, parts, footer }: Page): string {
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${parts.slice(0, 1).map(skipLink)}<div class="page">
${opening}<nav aria-label="Contents"><ul>${parts.map(({ anchor, title: name }) => markup`<li><a href="#${anchor}">${name}</a></li>`)}</ul></nav>
<main>
${parts.map(section)}</main>
<footer>${footer}</footer>
</div>
</body>
</html>
`;
  return text;
}

function skipLink({ anchor, title }: PagePart): Markup {
  return markup`<a class="skip" href="#${anchor}">Skip to the ${title.toLowerCase()}</a>
`;
}

function section({ anchor, title, content }: PagePart): Markup {
  return markup`<section id="${anchor}" aria-labelledby="${anchor}-title"><h2 id="${anchor}-title">${title}</h2>
${content}</section>
`;
}

export function listOf(lines: readonly string[]): Markup {
  if (lines.length === 0) return markup`<p>Nothing that is known.</p>`;
  return markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}
