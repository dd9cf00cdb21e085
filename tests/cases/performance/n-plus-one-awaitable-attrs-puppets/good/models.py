"""Plays of a puppet theatre and the puppets in them."""
from sqlalchemy import ForeignKey, String
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(AsyncAttrs, DeclarativeBase):
    pass


class Play(Base):
    __tablename__ = "plays"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(60))
    season: Mapped[int] = mapped_column(index=True)
    puppets: Mapped[list["Puppet"]] = relationship(order_by="Puppet.name")


class Puppet(Base):
    __tablename__ = "puppets"
    id: Mapped[int] = mapped_column(primary_key=True)
    play_id: Mapped[int] = mapped_column(ForeignKey("plays.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
