from datetime import date

from sqlalchemy import text

BUSIEST = text(
    """
    SELECT lift, SUM(floors) AS floors, COUNT(id) AS trips
    FROM trips
    WHERE date(started_at) = :day
    GROUP BY lift
    ORDER BY floors DESC
    LIMIT 20
    """
)


def busiest(conn, day: date):
    return [dict(row) for row in conn.execute(BUSIEST, {"day": day.isoformat()}).mappings()]
