"""Before something is deleted, the page says what goes with it."""

from directory.editing.views import EntryDelete


class TellingDelete(EntryDelete):
    @property
    def confirmation_message(self) -> str:
        asked: str = super().confirmation_message
        return " ".join([asked, *self.losses()])

    def losses(self) -> list[str]:
        raise NotImplementedError
