"""Arabic: light stemming on letters that `normalise` has already made one.

The article and the clitics before it go, then the endings of number, gender and possession. Roots are not
looked for: a light stemmer that does too little finds more than one that does too much. Plurals that change
inside the word are a list: those of the field.
"""

from search.analysis.endings import Endings, parse_irregular

# The last two are spoken: عالشغل, هالمدرسة
_ARTICLES = ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال", "عال", "هال")
_ENDINGS = Endings.parse("""
3 يين يون هما تين ات ون ين ان يه ها هم كم نا ني وني وهم ه ي ا وا
3 تي تنا ته تها تهم تك تكم تهن اته اتي اتنا اتهم اتها
""")
_LAST = Endings.parse("3 ي ه")
# Loan words and Iraqi spelling: گروب, چاي
_LETTERS = str.maketrans({"گ": "ك", "چ": "ج", "پ": "ب", "ڤ": "ف", "ژ": "ز"})
_BROKEN = parse_irregular("""
مدرس مدارس
حق حقوق
شكو شكاوي شكاو
مشكل مشاكل مشكلات
طالب طلاب طلبه
طفل اطفال
رجل رجال
امرا مرا نسا نسوان
محكم محاكم
جار جيران
ولد اولاد
بنت بنات
صديق اصدقا
زميل زملا
مدير مدرا
عامل عمال
شاب شباب
قانون قوانين
مكتب مكاتب
مركز مراكز
اجنب اجانب
حادث حوادث
جريم جرايم
عايل عوايل
كتاب كتب
بيت بيوت
صور صوره
لاج اجي
مسجد مساجد
خطر مخاطر اخطار
شخص اشخاص
نصيح نصايح
رسال رسايل
وظيف وظايف
""")


def stem(word: str) -> str:
    word = _without_article(word.translate(_LETTERS))
    if word in _BROKEN:
        return _BROKEN[word]
    found = _LAST.cut(_ENDINGS.cut(word))
    return _BROKEN.get(found, found)


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    if len(word) >= 6 and word[0] == "و":
        return word[1:]
    # بيضربني: the spoken present
    return word[1:] if len(word) >= 7 and word.startswith(("بي", "بت")) else word
