"""Persons. pydantic warns in a line of its own, not in ours."""
from pydantic import BaseModel


class Person(BaseModel):
    name: str

    class Config:
        frozen = True
