"""How much of a file is read, so that no file can fill the memory or the day."""

MEBIBYTE = 1024 * 1024

MAX_FILE_BYTES = 300 * MEBIBYTE
MAX_WEB_PAGE_BYTES = 16 * MEBIBYTE
"""Of longer pages only the beginning is read. Most of a large one is pictures and scripts."""

MAX_TEXT_CHARS = 400_000
"""Of one document's text; more would make every computer's search index grow for little."""

MAX_TEXT_FILE_BYTES = 4 * MEBIBYTE
"""Of longer plain texts only the beginning is read, which gives more than MAX_TEXT_CHARS."""

MAX_NOTES_CHARS = 400_000
MAX_TITLE_CHARS = 200
MAX_PAGES = 5_000

MAX_ARCHIVE_FILES = 10_000
MAX_PART_BYTES = 48 * MEBIBYTE
"""One XML part of a Word or PowerPoint file, unpacked: parsing takes about ten times as much."""

MAX_UNPACKED_BYTES = 400 * MEBIBYTE
MAX_PACKING_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 8 * MEBIBYTE
"""Real documents hold small, very repetitive parts; the ratio says something only above this."""

TIME_LIMIT_S = 60.0
MEMORY_LIMIT_BYTES = 1024 * MEBIBYTE
