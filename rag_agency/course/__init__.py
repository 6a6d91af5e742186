"""Course material from the reports, in which every line can be traced to its page.

outline = propose(Wish("cooperatives"), opened)
packs = build_course(outline, opened, "2026-01-31")
"""

from rag_agency.course.outline import outline_from, outline_text, read_outline, title_of
from rag_agency.course.pack import build_course
from rag_agency.course.plan import Wish, propose
from rag_agency.course.saved import from_json, read_pack, to_json, write_pack

__all__ = [
    "Wish",
    "build_course",
    "from_json",
    "outline_from",
    "outline_text",
    "propose",
    "read_outline",
    "read_pack",
    "title_of",
    "to_json",
    "write_pack",
]
