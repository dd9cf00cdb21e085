from django.test import Client


def test_invite(mailbox):
    reply = Client().post("/invites/", {"email": "Ada@Example.org"})
    assert reply.status_code == 201
    assert reply.json()["state"] == "sent"
    assert [m.to for m in mailbox] == [["ada@example.org"]]


def test_bad_address(mailbox):
    assert Client().post("/invites/", {"email": "nobody"}).status_code == 400
