"""DOI, arXiv id and ISBN in the forms in which people and exports write them."""

from __future__ import annotations

import pytest

from synopse.bib.identifiers import arxiv_in, bare_arxiv, is_arxiv, is_doi, is_isbn, normal_arxiv, normal_doi

SICI = "10.1002/(SICI)1097-4571(199205)43:4<284::AID-ASI3>3.0.CO;2-0"


@pytest.mark.parametrize(
    "text",
    ["10.1000/182", "https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182", "https://www.doi.org/10.1000/182",
     "doi.org/10.1000%2F182", "DOI:10.1000/182", "doi: 10.1000/182.", "DOI 10.1000/182", "https://doi.org/doi:10.1000/182",
     " 10.1000/182, "],
)  # fmt: skip
def test_a_doi_is_one_whatever_stands_before_it(text: str) -> None:
    assert normal_doi(text) == "10.1000/182" and is_doi(normal_doi(text))


@pytest.mark.parametrize("text", [SICI, f"https://doi.org/{SICI}", "10.1000.10/123", "10.12345/a_b%c"])
def test_the_signs_of_a_doi_stay(text: str) -> None:
    assert is_doi(normal_doi(text)) and normal_doi(text) == text.removeprefix("https://doi.org/")


@pytest.mark.parametrize("text", ["10.1000", "10.1000/", "11.1000/1", "10.1000/a b", "doi", "", "arXiv:2501.04040"])
def test_what_has_not_the_form_of_a_doi_is_none(text: str) -> None:
    assert not is_doi(normal_doi(text))


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("2501.04040", "2501.04040"),
        ("arXiv:2501.04040v2", "2501.04040v2"),
        ("arxiv: 2501.04040 [cs.CL]", "2501.04040"),
        ("https://arxiv.org/abs/2501.04040", "2501.04040"),
        ("https://arxiv.org/pdf/2501.04040v1.pdf", "2501.04040v1"),
        ("0704.0001", "0704.0001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("arXiv:math.GT/0309136v3", "math.GT/0309136v3"),
    ],
)
def test_an_arxiv_id_is_one_whatever_stands_around_it(text: str, arxiv: str) -> None:
    assert normal_arxiv(text) == arxiv and is_arxiv(arxiv)
    assert bare_arxiv(arxiv) == arxiv.partition("v")[0]


@pytest.mark.parametrize("text", ["2513.00001", "2500.00001", "2501.040", "2501.040401", "math/030913", "", "2501"])
def test_what_follows_neither_scheme_of_arxiv_is_no_id(text: str) -> None:
    assert not is_arxiv(text)


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("arXiv preprint arXiv:2501.04040", "2501.04040"),
        ("10.48550/arXiv.2501.04040", "2501.04040"),
        ("https://arxiv.org/abs/2501.04040v3", "2501.04040"),
        ("see arXiv: 2501.04040, 2502.00001", "2501.04040"),
        ("arXiv:math.GT/0309136", "math.GT/0309136"),
        ("10.48550/arXiv.hep-th/9901001", "hep-th/9901001"),
        ("arXiv", ""),
        ("arXiv:2513.04040", ""),
        ("arXiv:2501.040401", ""),
        ("2501.04040", ""),
    ],
)
def test_an_arxiv_id_is_found_in_a_text_that_names_it_and_never_cut(text: str, arxiv: str) -> None:
    assert arxiv_in(text) == arxiv


@pytest.mark.parametrize(
    "text",
    ["978-3-16-148410-0", "9783161484100", "978 3 16 148410 0", "978–3–16–148410–0", "978\u20113\u201116\u2011148410\u20110", "0-306-40615-2",
     "080442957X", "0-8044-2957-x", "978-3-16-148410-0, 0-306-40615-2", "978-3-16-148410-0 978-0-306-40615-7"],
)  # fmt: skip
def test_an_isbn_with_the_right_check_digit_is_one(text: str) -> None:
    assert is_isbn(text)


@pytest.mark.parametrize(
    "text", ["978-3-16-148410-1", "0-306-40615-3", "123", "", "978-3-16-148410-0, 1", "97831614841X0"]
)
def test_an_isbn_with_a_wrong_digit_or_length_is_none(text: str) -> None:
    assert not is_isbn(text)


@pytest.mark.parametrize("place", range(13))
def test_every_single_wrong_digit_of_an_isbn_is_found(place: int) -> None:
    isbn = "9783161484100"
    wrong = [isbn[:place] + digit + isbn[place + 1 :] for digit in "0123456789" if digit != isbn[place]]
    assert not any(is_isbn(each) for each in wrong)
