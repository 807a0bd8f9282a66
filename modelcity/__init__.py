"""A model of the city's web site, made from facts about the real one, whose markup was not seen.

Headings, labels, places, address shapes, file-name shapes and known defects are the city's; all
running text, every node id and every telephone number is invented, and no person is named. Each
page says so in a comment. `truth.build` makes what is so in the city on a day, `render.Site` turns
it into pages in one of five markup forms, and `server.ModelCity` answers with them on 127.0.0.1.
"""
