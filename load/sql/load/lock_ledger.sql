-- Two loads at once take turns: the second waits here, before its snapshot is taken.
lock community.load_ledger;
