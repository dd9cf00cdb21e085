from app import Rooms


def test_history(tmp_path):
    with Rooms(tmp_path / "rooms.db") as rooms:
        rooms.book("2025-05-01", "A", "ann")
        rooms.book("2025-05-02", "B", "ben")
        rooms.book("2025-05-03", "A", "cem")
        assert rooms.history("A") == [("2025-05-03", "cem"), ("2025-05-01", "ann")]
