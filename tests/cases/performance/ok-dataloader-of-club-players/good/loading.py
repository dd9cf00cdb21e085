"""Loads rows by id: whoever asks in the same turn of the event loop is answered by one query."""
import asyncio


class Loader:
    def __init__(self, fetch_many):
        self.fetch_many = fetch_many
        self.wanted = {}
        self.task = None

    def load(self, key):
        if key not in self.wanted:
            self.wanted[key] = asyncio.get_running_loop().create_future()
        if self.task is None:
            self.task = asyncio.create_task(self.dispatch())
        return self.wanted[key]

    async def dispatch(self):
        await asyncio.sleep(0)
        wanted, self.wanted, self.task = self.wanted, {}, None
        try:
            found = await self.fetch_many(list(wanted))
        except Exception as exc:
            for future in wanted.values():
                if not future.done():
                    future.set_exception(exc)
            return
        for key, future in wanted.items():
            if not future.done():
                future.set_result(found.get(key))
