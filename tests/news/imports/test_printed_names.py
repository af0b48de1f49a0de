import pytest

from news.imports.printed_names import read_name

# Family name, given name, and the whole name as the register writes it.
CASES = {
    "Liu Aili": ("Liu", "Aili", "Liu Aili"),
    "Ouyang Xiu": ("Ouyang", "Xiu", "Ouyang Xiu"),
    "Li Xiao-ping": ("Li", "Xiao-ping", "Li Xiao-ping"),
    "Xi'an Smith": ("Smith", "Xi'an", "Xi'an Smith"),
    "Paul Graham": ("Graham", "Paul", "Paul Graham"),
    "Jane Newperson": ("Newperson", "Jane", "Jane Newperson"),
    "Kenji Tanaka": ("Tanaka", "Kenji", "Kenji Tanaka"),
    "Tanaka, Kenji": ("Tanaka", "Kenji", "Kenji Tanaka"),
    "Smith, John": ("Smith", "John", "John Smith"),
    "SMITH, John A.": ("Smith", "John A.", "John A. Smith"),
    "Liu, Aili": ("Liu", "Aili", "Liu Aili"),
    "LIU Aili": ("Liu", "Aili", "Liu Aili"),
    "VAN DIJK Jan": ("Van Dijk", "Jan", "Van Dijk Jan"),
    "John SMITH": ("Smith", "John", "John Smith"),
    "John A. Smith": ("Smith", "John A.", "John A. Smith"),
    "J. Smith": ("Smith", "J.", "J. Smith"),
    "Martin King Jr.": ("King Jr.", "Martin", "Martin King Jr."),
    "Ursula von der Leyen": ("von der Leyen", "Ursula", "Ursula von der Leyen"),
    "Vincent Van Gogh": ("Van Gogh", "Vincent", "Vincent Van Gogh"),
    # Turned, as in texts of other countries, unless both words may be the family name.
    "Na Li": ("Li", "Na", "Na Li"),
    "Ming Chen": ("Chen", "Ming", "Ming Chen"),
    "Hua Zhou": ("Zhou", "Hua", "Hua Zhou"),
    "Xiaoming Wang": ("Wang", "Xiaoming", "Xiaoming Wang"),
    "NA Li": ("Na", "Li", "Na Li"),
    "Li Na": ("Li", "Na", "Li Na"),
    "Wang Wei": ("Wang", "Wei", "Wang Wei"),
    "Wei Wang": ("Wei", "Wang", "Wei Wang"),
    "Na Ying": ("Na", "Ying", "Na Ying"),
    # A Chinese family name does not make a Chinese name.
    "Lin Manuel": ("Manuel", "Lin", "Lin Manuel"),
    "Mo Farah": ("Farah", "Mo", "Mo Farah"),
    "Kim Clark": ("Clark", "Kim", "Kim Clark"),
    "Ban Ki-moon": ("Ban", "Ki-moon", "Ban Ki-moon"),
    "Lee Kuan Yew": ("Lee", "Kuan Yew", "Lee Kuan Yew"),
    "Lee Harvey Oswald": ("Oswald", "Lee Harvey", "Lee Harvey Oswald"),
    "Kim Ann Smith": ("Smith", "Kim Ann", "Kim Ann Smith"),
    "Park Chung Hee": ("Park", "Chung Hee", "Park Chung Hee"),
    "Nguyen Van Anh": ("Nguyen", "Van Anh", "Nguyen Van Anh"),
    "Metoki": ("Metoki", "", "Metoki"),
}


@pytest.mark.parametrize("text", CASES)
def test_family_name_is_where_the_language_has_it(text: str) -> None:
    found = read_name(text)

    assert (found.family, found.given, found.name) == CASES[text]
