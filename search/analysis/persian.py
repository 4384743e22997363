"""Persian: light stemming on letters that `normalise` has already made one.

What a zero-width non-joiner or a space parts from its word (ها, های) is a stop word; here goes what is joined.
"""

import re

from search.analysis.endings import Endings, parse_irregular

_ENDINGS = Endings.parse("""
3 هايي هايم هايت هايش هاي ها ترين تر يان ان يي ام ات اش ي م ش ين انه ه مان شان
3 گان گي گانم
""")
# Second halves of compounds, which some write apart: نژاد پرستی
_JOINED = re.compile(r"(?<=\w)[\s\u200c]+(?=(?:پرست|ستيز|ستیز|هراس|گرا)(?:ي|ی|ان|انه|يي|یی)?(?!\w))")
_VERB = re.compile(r"^ن?مي(?=\w{2,}[دم]$)")
_IRREGULAR = parse_irregular("""
زن زنان زنم زني
""")


def joined(text: str) -> str:
    return _JOINED.sub("", text)


def stem(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return _ENDINGS.cut_all(_VERB.sub("", word))
