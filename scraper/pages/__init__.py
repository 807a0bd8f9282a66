"""One parser for each kind of page: where things stand on it, and its own words for them.

A parser knows headings, labels, the order of lines and the shapes of addresses, and no class name.
It gives what the page says, and the part of the page that is worth keeping. A page without its
marks raises `PageChanged`: empty is a claim too.
"""
