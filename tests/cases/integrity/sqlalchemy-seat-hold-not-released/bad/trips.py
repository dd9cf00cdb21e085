"""Hold a seat, charge the card with Stripe, confirm."""
import logging
import re
import uuid

import requests
from flask import Flask, jsonify, request
from sqlalchemy import String, create_engine, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

log = logging.getLogger("trips")
CARD = re.compile(r"pm_[a-zA-Z0-9]{1,30}")


class Base(DeclarativeBase):
    pass


class Trip(Base):
    __tablename__ = "trips"
    id: Mapped[int] = mapped_column(primary_key=True)
    seats: Mapped[int]
    cents: Mapped[int]


class Booking(Base):
    __tablename__ = "bookings"
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    trip_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))


class PaymentFailed(Exception):
    pass


class Cashier:
    def __init__(self):
        self.http = requests.Session()
        self.http.auth = ("sk_test_1", "")

    def charge(self, key, card, cents):
        try:
            reply = self.http.post("https://api.stripe.com/v1/payment_intents", timeout=20,
                                   data={"amount": cents, "currency": "eur", "payment_method": card, "confirm": "true"},
                                   headers={"Idempotency-Key": key})
            reply.raise_for_status()
            intent = reply.json()
            if (intent["status"], intent["amount"], intent["currency"]) != ("succeeded", cents, "eur"):
                raise PaymentFailed("not settled")
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("charge %s failed: %s", key, type(exc).__name__)
            raise PaymentFailed("no charge") from exc

    def refund(self, key):
        try:
            self.http.post("https://api.stripe.com/v1/refunds", data={"metadata[key]": key}, timeout=20,
                           headers={"Idempotency-Key": key + "-refund"}).raise_for_status()
        except requests.RequestException:
            log.critical("refund of %s must be made by hand", key, exc_info=True)


class Office:
    def __init__(self, sessions, cashier):
        self.sessions = sessions
        self.cashier = cashier

    def book(self, trip_id, card):
        key = uuid.uuid4().hex
        cents = self.hold(key, trip_id)
        if cents is None:
            return None
        try:
            self.cashier.charge(key, card, cents)
        except PaymentFailed:
            raise
        try:
            with self.sessions.begin() as session:
                session.execute(update(Booking).where(Booking.key == key).values(state="paid"))
        except SQLAlchemyError:
            self.cashier.refund(key)
            self.release(key, trip_id)
            raise
        return key

    def hold(self, key, trip_id):
        with self.sessions.begin() as session:
            trip = session.get(Trip, trip_id)
            if trip is None or trip.seats < 1:
                return None
            trip.seats = Trip.seats - 1
            session.add(Booking(key=key, trip_id=trip_id, state="held"))
            return trip.cents

    def release(self, key, trip_id):
        try:
            with self.sessions.begin() as session:
                session.execute(update(Booking).where(Booking.key == key).values(state="void"))
                session.execute(update(Trip).where(Trip.id == trip_id).values(seats=Trip.seats + 1))
        except SQLAlchemyError:
            log.critical("booking %s must be released by hand", key, exc_info=True)


def create_app(url):
    app = Flask(__name__)
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    app.office = Office(sessionmaker(engine), Cashier())

    @app.errorhandler(PaymentFailed)
    def not_paid(exc):
        return jsonify(error="the card was not charged"), 402

    @app.errorhandler(SQLAlchemyError)
    def database_failed(exc):
        log.error("database failed", exc_info=exc)
        return jsonify(error="try again later"), 503

    @app.post("/trips/<int:trip>/bookings")
    def book(trip):
        card = request.form.get("card", "")
        if not CARD.fullmatch(card) or trip >= 2**31:
            return jsonify(error="no card"), 400
        key = app.office.book(trip, card)
        if key is None:
            return jsonify(error="sold out"), 409
        return jsonify(booking=key), 201

    return app
