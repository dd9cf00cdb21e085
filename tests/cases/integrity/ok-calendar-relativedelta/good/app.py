from datetime import date, datetime, timezone

from dateutil.relativedelta import relativedelta
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/warranty")
def warranty():
    bought = date.today()
    return jsonify(
        ends=(bought + relativedelta(years=2)).isoformat(),
        reminder=(bought + relativedelta(months=23)).isoformat(),
        last_of_month=(bought + relativedelta(day=31)).isoformat(),
    )


@app.get("/quarter")
def quarter():
    now = datetime.now(timezone.utc)
    first = now.replace(month=3 * ((now.month - 1) // 3) + 1, day=1)
    return jsonify(quarter=(now.month - 1) // 3 + 1, days=(now - first).days)
