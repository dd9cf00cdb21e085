from datetime import date, timedelta

from sqlalchemy import text

BUSIEST = text(
    """
    SELECT lift, SUM(floors) AS floors, COUNT(id) AS trips
    FROM trips
    WHERE started_at >= :day AND started_at < :next
    GROUP BY lift
    ORDER BY floors DESC
    LIMIT 20
    """
)


def busiest(conn, day: date):
    period = {"day": day.isoformat(), "next": (day + timedelta(days=1)).isoformat()}
    return [dict(row) for row in conn.execute(BUSIEST, period).mappings()]
