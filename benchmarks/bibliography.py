"""25,000 entries (20 MB) read, normalised and written, beside bibtexparser's own parse of the same file.

python benchmarks/bibliography.py [entries]
"""

from __future__ import annotations

import random
import resource
import sys
import time

SURNAMES = [
    "Müller",
    "Leroy",
    "Smith",
    "Nguy{\\~{\\^e}}n",
    "García",
    "Kowalski",
    "{\\O}stergaard",
    "Tanaka",
    "Ivanov",
    "Erd{\\H{o}}s",
]
WORDS = [
    "large",
    "language",
    "models",
    "survey",
    "of",
    "{LLMs}",
    "post-training",
    "alignment",
    "{\\'e}tude",
    "évaluation",
    "reasoning",
    "&",
    "scaling",
]


def entry(number: int, chance: random.Random) -> str:
    """One entry of about 800 bytes, of a real shape."""
    people = " and ".join(f"{chance.choice(SURNAMES)}, Ann{number % 97} B." for _ in range(chance.randint(1, 5)))
    title = " ".join(chance.choice(WORDS) for _ in range(12))
    abstract = " ".join(chance.choice(WORDS) for _ in range(60)).replace("&", "and")
    return (
        f"@article{{key{number},\n  author = {{{people}}},\n  title = {{{title}}},\n  journal = jmlr,\n"
        f"  year = {{{1990 + number % 36}}},\n  month = mar,\n  volume = {{{number % 50}}},\n  pages = {{{number}--{number + 9}}},\n"
        f"  doi = {{10.1000/x{number}}},\n  abstract = {{{abstract}}},\n}}\n\n"
    )


def main() -> None:
    """Prints seconds and microseconds an entry of each step, and the memory at its highest."""
    import bibtexparser
    from bibtexparser.splitter import Splitter

    from synopse.bib.library import read_library
    from synopse.bib.write import write_bib

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 25_000
    chance = random.Random(1)
    text = '@string{jmlr = "Journal"}\n' + "".join(entry(number, chance) for number in range(count))
    data = text.encode()
    print(f"{count} entries, {len(data) / 1e6:.1f} MB, bibtexparser {bibtexparser.__version__}")
    begun = time.perf_counter()
    Splitter(text).split()
    theirs = time.perf_counter() - begun
    begun = time.perf_counter()
    library, found = read_library({"a.bib": data})
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    written = write_bib(library.references.values())
    write = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert len(library.references) == count and written.count("@article{") == count, found[:3]
    for name, seconds in (("bibtexparser's split", theirs), ("read and normalise", read), ("write", write)):
        print(f"{name:<22} {seconds:7.2f} s  {1e6 * seconds / count:7.1f} µs an entry  {seconds / theirs:5.2f} x")
    print(f"read and write together {read + write:.2f} s; memory at its highest {memory:.0f} MB")


if __name__ == "__main__":
    main()
