/**
 * How a board of a keyword set names a gallery: `car_new1` is the gallery of that id, `m_car_new1` the minor gallery `car_new1`
 * (ids are unique only inside their kind). A gallery of the first kind whose id begins with `m_` cannot be named.
 */
export interface Gallery {
  readonly id: string;
  readonly isMinor: boolean;
}

const MINOR = 'm_';

/** The gallery that a board of the keyword set names. */
export function galleryOf(board: string): Gallery {
  return board.startsWith(MINOR) ? { id: board.slice(MINOR.length), isMinor: true } : { id: board, isMinor: false };
}

/** Path of a gallery's pages: `/board`, or `/mgallery/board` for a minor one. */
export function galleryPath({ isMinor }: Gallery): string {
  return isMinor ? '/mgallery/board' : '/board';
}

/** The place that a post's address names, relative or absolute; null for any other, mini galleries too. */
export function placeOf(url: string): { board: string; post_id: string } | null {
  if (!URL.canParse(url, 'https://site.invalid')) return null;
  const { pathname, searchParams } = new URL(url, 'https://site.invalid');
  const path = /^(\/mgallery)?\/board\/view\/?$/.exec(pathname);
  const [id, post_id] = [searchParams.get('id') ?? '', searchParams.get('no') ?? ''];
  if (path === null || !/^\w{1,60}$/.test(id) || !/^\d{1,32}$/.test(post_id)) return null;
  return { board: path[1] === undefined ? id : `${MINOR}${id}`, post_id };
}
