def test_create_and_read(api):
    made = api.post("/appointments/", {"patient": "A. Lovelace", "room": "12", "starts_at": "2030-05-01T09:00:00Z"},
                    format="json")
    assert made.status_code == 201
    shown = api.get(f"/appointments/{made.data['id']}/")
    assert shown.data["room"] == "12"
    assert api.get("/appointments/").data["count"] == 1


def test_bad_date(api):
    reply = api.post("/appointments/", {"patient": "x", "room": "1", "starts_at": "soon"}, format="json")
    assert reply.status_code == 400
    assert reply.data["error"]["status"] == 400
