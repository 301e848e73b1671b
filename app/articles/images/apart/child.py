"""The process that reads pictures: one after the other, within limits, until nobody asks any more."""

import os
import resource
from typing import BinaryIO

from app.articles.images.apart import raster
from app.articles.images.apart.cleaning import clean
from app.articles.images.apart.unfit import Unfit
from app.articles.images.apart.wire import Answer, Question, read_question, write_answer

MEMORY_BYTES = 1_500_000_000
TOO_MUCH = "takes too much memory to be read. Make it smaller."


def main() -> None:
    """Serve who started us, over the standard streams."""
    questions, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hardest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    while (question := read_question(questions)) is not None:
        _serve(question, answers)


def _serve(question: Question, answers: BinaryIO) -> None:
    try:
        answer = _answer(question)
    except Unfit as fault:
        answer = Answer({"unfit": str(fault)})
    except MemoryError:
        answer = Answer({"unfit": TOO_MUCH})
    write_answer(answers, answer)


def _answer(question: Question) -> Answer:
    if question.copies:
        return Answer({}, list(raster.copies(question.data, question.copies)))
    made = clean(question.data)
    told = {
        "type": made.type, "width": made.width, "height": made.height, "animated": made.animated,
    }  # fmt: skip
    return Answer(told, [made.data])


if __name__ == "__main__":
    main()
