"""The community of the demo: questions, answers and votes through the verbs of the room."""

from app.community import answering, asking, voting
from app.community.answer import Answer
from app.community.question import Question
from app.community.vote import Value
from app.ops.demo.cast import Cast
from app.ops.demo.links import absolute
from app.ops.demo.stories import AnswerStory, QuestionStory


class Forum:
    """Questions and answers by their places among the stories."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._questions: dict[int, Question] = {}
        self._askers: dict[int, str] = {}
        self._answers: dict[tuple[int, int], Answer] = {}

    def ask(self, story: int, told: QuestionStory) -> None:
        """Ask the question."""
        by = self._cast[told.asker]
        self._questions[story] = asking.ask(title=told.title, text=absolute(told.text), by=by)
        self._askers[story] = told.asker

    def answer(self, story: int, place: int, told: AnswerStory) -> None:
        """Answer it."""
        question, by = self._questions[story], self._cast[told.by]
        self._answers[story, place] = answering.answer(question, text=absolute(told.text), by=by)

    def accept(self, story: int, place: int) -> None:
        """Let the asker take the answer."""
        by = self._cast[self._askers[story]]
        answering.accept(self._questions[story], self._answers[story, place], by=by)

    def vote(self, story: int, place: int | None, *, by: str, value: Value) -> None:
        """Vote on an answer, or on the question itself."""
        if place is None:
            voting.vote_on_question(self._questions[story], value=value, by=self._cast[by])
        else:
            voting.vote_on_answer(self._answers[story, place], value=value, by=self._cast[by])
