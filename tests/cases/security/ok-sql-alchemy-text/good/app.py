"""Sales by region: text with bound parameters, a column by an allow-list, quotes in names."""

from flask import Flask, abort, jsonify, request
from sqlalchemy import bindparam, column, create_engine, func, select, table, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
sales = table("sales", column("region"), column("seller"), column("cents"))
GROUPS = {"region": sales.c.region, "seller": sales.c.seller}


class Sales:
    def of(self, seller, regions):
        query = text("SELECT region, cents FROM sales WHERE seller = :seller AND region IN :regions ORDER BY cents")
        query = query.bindparams(bindparam("regions", expanding=True))
        with engine.connect() as conn:
            return [dict(row._mapping) for row in conn.execute(query, {"seller": seller, "regions": regions})]

    def totals(self, by):
        chosen = GROUPS[by]
        query = select(chosen.label("name"), func.sum(sales.c.cents).label("cents")).group_by(chosen).order_by(chosen)
        with engine.connect() as conn:
            return [dict(row._mapping) for row in conn.execute(query.limit(100))]


def create_app():
    app = Flask(__name__)
    app.register_error_handler(SQLAlchemyError, lambda error: (jsonify(error="not now"), 503))

    @app.get("/sales/<seller>")
    def of(seller):
        return jsonify(Sales().of(seller, request.args.getlist("region") or [""]))

    @app.get("/totals")
    def totals():
        by = request.args.get("by", "region")
        if by not in GROUPS:
            abort(400)
        return jsonify(Sales().totals(by))

    return app
