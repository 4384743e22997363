import pytest

from search.analysis.chains import chain

FAMILIES = {
    "ar": [
        "عنصرية العنصرية عنصري والعنصرية بالعنصرية",
        "مدرسة المدرسة بالمدرسة",
        "شرطة الشرطة للشرطة",
        "لاجئين اللاجئين لاجئون",
        "معلم المعلم معلمة المعلمين",
        "شكوى الشكوى",
        "عمل العمل والعمل",
    ],
    "fa": ["مدرسه مدرسه‌ها", "مهاجر مهاجران مهاجرم مهاجرها", "اسم اسمم اسمش"],
}


@pytest.mark.parametrize(
    ("language", "family"), [(language, family) for language, some in FAMILIES.items() for family in some]
)
def test_forms_of_one_word_have_one_stem(language: str, family: str) -> None:
    reader = chain(language)
    assert len({reader.stems(word)[0] for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("مدرسة", "مدير"), ("عمل", "علم"), ("وزير", "زير")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    reader = chain("ar")
    assert reader.stems(one) != reader.stems(other)


@pytest.mark.parametrize("word", ["ولد", "بيت", "الف", "لون"])
def test_short_words_keep_letters_that_look_like_an_article(word: str) -> None:
    assert len(chain("ar").stems(word)[0]) == 3
