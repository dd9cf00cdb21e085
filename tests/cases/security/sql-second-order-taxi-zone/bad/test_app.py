import sqlite3

import pytest

from dispatch import create_app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "taxi.db")
    conn.executescript(
        """
        CREATE TABLE drivers (callsign TEXT PRIMARY KEY, zone TEXT NOT NULL);
        CREATE TABLE rides (id INTEGER PRIMARY KEY, zone TEXT NOT NULL, pickup TEXT NOT NULL);
        CREATE INDEX rides_by_zone ON rides (zone);
        INSERT INTO rides (zone, pickup) VALUES ('Harbour', 'Pier 4'), ('Old Town', 'Opera'), ('Harbour', 'Fish market');
        """
    )
    conn.close()
    return create_app(tmp_path / "taxi.db").test_client()


def test_driver_sees_the_rides_of_the_zone(client):
    assert client.post("/drivers", data={"callsign": "Tango7", "zone": "Harbour"}).status_code == 201
    reply = client.get("/drivers/Tango7/rides")
    assert [ride["pickup"] for ride in reply.json["rides"]] == ["Pier 4", "Fish market"]


def test_quiet_zone(client):
    client.post("/drivers", data={"callsign": "Kilo2", "zone": "Airport"})
    assert client.get("/drivers/Kilo2/rides").json == {"rides": []}
