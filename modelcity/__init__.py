"""A model of the city's web site, made from facts about the real one, whose markup was not seen.

Headings, labels, places, address shapes, file-name shapes and known defects are the city's; all
running text, every node id and every telephone number is invented, and no person is named. Each
page says so in a comment. `truth.build` makes what is so in the city on a day, `render.Site` turns
it into pages in one of seven markup forms, and `server.ModelCity` answers with them on 127.0.0.1.
`evidence.saved` has the pages that were seen, `aside.pages` what no reader was written by, and
`mask.mask` renames the classes and ids of any of them.
"""
