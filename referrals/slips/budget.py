"""How many call-backs may be asked for in an hour: a body's telephone must not be flooded."""

from directory.budget import Budget

PER_BODY = 6
IN_TOTAL = 30

budget = Budget(each=PER_BODY, total=IN_TOTAL)
