"""A conference programme of twelve talks: what each does, and on which page of the book its method runs.

The words of the talks stand in ``texts.json`` under ``programme_exercise``, so that they can be translated; here is
what no translation changes. The programme is that of Hashimoto's lecture, told in new words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TASKS = ("classification", "regression", "detection", "segmentation", "quality", "generation", "else")
"""The six tasks, and something else. An answer is a place in this list, counted from 1; 0 is no answer yet."""


@dataclass(frozen=True)
class Talk:
    """One talk of the programme.

    Attributes
    ----------
    japanese : str
        Its title, as far as it can be read on the slide.
    task : str
        What it does, one of `TASKS`.
    pages : tuple of str
        Where its method runs, as paths below ``book/`` without ending, the main one first.
    also : str
        A second answer that is as good, or empty.
    """

    japanese: str
    task: str
    pages: tuple[str, ...]
    also: str = ""


TALKS = (
    Talk(
        "CTのtexture解析を用いた肺小結節の良悪性鑑別における機械学習手法の検討",
        "classification",
        ("machines/texture-or-network", "tasks/classification"),
    ),
    Talk(
        "事前学習済みたたみ込みニューラルネットワークの転移学習による肝腫瘤性病変の造影CT診断の検討",
        "classification",
        ("architectures/transfer-learning", "tasks/classification"),
    ),
    Talk("胸部…画像におけるdeep learningを用いた異常検知", "else", ("tasks/beyond-the-six",)),
    Talk("認知症脳血流SPECTの血流低下パターン分類", "classification", ("tasks/classification",)),
    Talk("Progressive GANによる高解像度CT画像自動生成の試み", "generation", ("tasks/generation",)),
    Talk("Generative Adversarial Networkを用いた肺結節の画像生成", "generation", ("tasks/generation",)),
    Talk("患者誤認事故防止システム", "else", ("tasks/beyond-the-six",), also="classification"),
    Talk(
        "テキスト解析による目的疾患画像診断レポート抽出",
        "classification",
        ("tasks/beyond-the-six",),
        also="else",
    ),
    Talk("びまん性肺疾患…形態類似CT画像検索", "else", ("tasks/beyond-the-six",)),
    Talk(
        "拡散MRIの信号値モデルパラメタの推定:合成データのみによる学習",
        "regression",
        ("tasks/regression",),
    ),
    Talk("大腿部CTの筋肉のsegmentation", "segmentation", ("tasks/segmentation",)),
    Talk("胸腹部単純CTにおける大動脈径自動計測", "regression", ("tasks/regression", "tasks/beyond-the-six")),
)


def verdict(talk: Talk, answer: int) -> str:
    """Return what an answer (a place in `TASKS` from 1, or 0) is worth: "right", "also", "wrong", or "" for none."""
    if answer == 0:
        return ""
    return {talk.task: "right", talk.also: "also"}.get(TASKS[answer - 1], "wrong")


def score(answers: Sequence[int]) -> tuple[int, int]:
    """Return how many of twelve answers are right, and how many were given."""
    found = [verdict(talk, answer) for talk, answer in zip(TALKS, answers, strict=True)]
    return sum(each in ("right", "also") for each in found), sum(each != "" for each in found)
