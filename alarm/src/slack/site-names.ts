const SITE_NAMES: Readonly<Record<string, string>> = {
  bobaedream: '보배드림',
  clien: '클리앙',
  fmkorea: '에펨코리아',
  dcinside: '디시인사이드',
};

/** As its readers call it; the name of the site's folder for one that has no entry here. */
export function siteInWords(site: string): string {
  return SITE_NAMES[site] ?? site;
}
