-- Contacts travel before companies: a first pull of a large base puts the list that a rep opens first on the screen with
-- its first page. Every rank is a new number above the old ones, so that a page token from before, which names an old
-- rank, goes on with the first table: its device gets some rows of its snapshot twice and misses none.
update private.entities set rank = rank * 100;
update private.entities set rank = 250 where entity = 'contacts';
