from functools import cached_property

from sqlalchemy import select

from .models import Customer


class Access:
    def __init__(self, session, number):
        self.session, self.number = session, number

    @cached_property
    def user(self):
        return self.session.scalars(select(Customer).where(Customer.id == self.number)).one()

    def may_read(self):
        return self.user.country in ("no", "dk")

    def language(self):
        return "nb" if self.user.country == "no" else "da"

    def greeting(self):
        return f"Hei {self.user.name}"
