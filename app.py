"""Opens the chat page: ``python app.py`` does what ``rag-agency web`` does."""

import sys

from rag_agency.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "web")
    main()
