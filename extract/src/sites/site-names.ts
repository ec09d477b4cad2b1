/** Names of the communities that can be read, in the order in which parts are dealt. A name that lacks its reader or address is a type error. */
export const siteNames = ['bobaedream', 'clien'] as const;
export type SiteName = (typeof siteNames)[number];
