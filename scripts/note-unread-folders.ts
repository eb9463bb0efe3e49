import { resolve } from 'node:path';
import { type Context, shortPath } from './verb';

/** So many folders are named. */
const MOST_NAMED = 5;

/** Says which folders below one, whose environments are all taken, hold environments that are not. */
export function noteUnreadFolders(environments: string, { io, folder }: Pick<Context, 'io' | 'folder'>): void {
  const { unreadFolders } = require('../lib/config/unread-folders') as typeof import('../lib/config/unread-folders');
  const unread = unreadFolders(resolve(folder, environments)).map((path) => shortPath(path, folder));
  if (unread.length === 0) return;
  const more = unread.length > MOST_NAMED ? `, and ${unread.length - MOST_NAMED} more` : '';
  io.note(
    `not read: ${unread.slice(0, MOST_NAMED).join(', ')}${more}, below ${environments}; name each by itself with --environments\n`,
  );
}
