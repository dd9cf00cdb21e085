"""Water meters of allotments: tenants type a reading in, after a log-in that gets slower with each wrong password."""
import logging
import secrets
import time

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask import Blueprint, Flask, abort, current_app, jsonify, request
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger("water")
water = Blueprint("water", __name__)
metadata = MetaData()
tenants = Table(
    "tenants",
    metadata,
    Column("plot", String(6), primary_key=True),
    Column("password", String(200), nullable=False),
    Column("failures", Integer, nullable=False, default=0),
)
FREE, SLOWEST = 3, 60
hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
NOBODY = hasher.hash(secrets.token_hex(16))


def add_tenant(engine, plot, password):
    with engine.begin() as conn:
        conn.execute(insert(tenants).values(plot=plot, password=hasher.hash(password), failures=0))


def password_is_right(hashed, password):
    try:
        return hasher.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def throttle(failures):
    """Free for the first mistakes, then 2, 4, 8 … seconds, at most a minute."""
    if failures >= FREE:
        time.sleep(min(2 ** (failures - FREE + 1), SLOWEST))


@water.post("/log-in")
def log_in():
    plot, password = request.form.get("plot", "")[:6], request.form.get("password", "")[:128]
    with current_app.extensions["engine"].begin() as conn:
        counted = update(tenants).where(tenants.c.plot == plot).values(failures=tenants.c.failures + 1)
        conn.execute(counted)
        tenant = conn.execute(select(tenants.c.password, tenants.c.failures).where(tenants.c.plot == plot)).first()
    throttle(tenant.failures - 1 if tenant else FREE)
    if not password_is_right(tenant.password if tenant else NOBODY, password) or tenant is None:
        log.warning("a log-in failed")
        abort(401, "wrong plot or password")
    with current_app.extensions["engine"].begin() as conn:
        conn.execute(update(tenants).where(tenants.c.plot == plot).values(failures=0))
    return jsonify(token=current_app.extensions["tokens"].issue(plot))


@water.get("/plot")
def my_plot():
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    plot = current_app.extensions["tokens"].plot(token)
    if plot is None:
        abort(401, "log in, please")
    return jsonify(plot=plot)


@water.app_errorhandler(SQLAlchemyError)
def database_error(exc):
    log.error("tenants are not available", exc_info=exc)
    return jsonify(error="please try again later"), 503


class Tokens:
    """Random tokens in memory: they hold for an hour, and not over a restart."""

    def __init__(self, seconds=3600):
        self.seconds = seconds
        self.known = {}

    def issue(self, plot):
        now = time.time()
        self.known = {token: entry for token, entry in self.known.items() if entry[1] > now}
        token = secrets.token_urlsafe(32)
        self.known[token] = (plot, now + self.seconds)
        return token

    def plot(self, token):
        plot, until = self.known.get(token, (None, 0))
        return plot if until > time.time() else None


def create_app(url):
    app = Flask(__name__)
    app.extensions.update(engine=create_engine(url), tokens=Tokens())
    metadata.create_all(app.extensions["engine"])
    app.register_blueprint(water)
    return app
