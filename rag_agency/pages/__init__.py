"""PDF to pages and paragraphs; the only room that knows the PDF libraries.

pypdf reads text, line by line with its place on the page. pdfium, a second extractor of other
make, tells what a reader can see, finds quotes again and draws pages. Nothing here knows who speaks.
"""

from rag_agency.pages.layout import Paragraph, paragraphs_of
from rag_agency.pages.picture import page_picture
from rag_agency.pages.reader import Document, Line, read_document
from rag_agency.pages.second import SecondReader

__all__ = [
    "Document",
    "Line",
    "Paragraph",
    "SecondReader",
    "page_picture",
    "paragraphs_of",
    "read_document",
]
