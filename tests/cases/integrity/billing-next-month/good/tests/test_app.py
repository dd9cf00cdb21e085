def test_start(subscriptions):
    new = subscriptions.start("ada")
    assert new.customer == "ada"
    assert 28 <= (new.next_bill - new.starts).days <= 31
